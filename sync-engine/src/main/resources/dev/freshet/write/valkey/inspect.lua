-- KEYS  an entry, its fence
-- ARGV  how many members or messages are wanted
-- Returns type, time to live of the entry (ms, -1 without, -2 absent), fence or empty, time to live of the fence, then
-- the value: a string alone, a hash as field, value, ...; of others the count of all, then some: a set's members, the lowest
-- of a sorted set as member, score, ..., the newest of a stream as id, count of what follows, field, value, ...; nothing for
-- other types. Reads only.

local kind = redis.call('TYPE', KEYS[1]).ok
local fence = redis.pcall('GET', KEYS[2])
if type(fence) ~= 'string' then fence = '' end
local reply = { kind, tostring(redis.call('PTTL', KEYS[1])), fence, tostring(redis.call('PTTL', KEYS[2])) }
if kind == 'string' then
  reply[5] = redis.call('GET', KEYS[1])
elseif kind == 'hash' then
  for _, part in ipairs(redis.call('HGETALL', KEYS[1])) do reply[#reply + 1] = part end
elseif kind == 'set' then
  reply[5] = tostring(redis.call('SCARD', KEYS[1]))
  local members = redis.call('SSCAN', KEYS[1], 0, 'COUNT', ARGV[1])[2]
  for i = 1, math.min(#members, tonumber(ARGV[1])) do reply[#reply + 1] = members[i] end
elseif kind == 'zset' then
  reply[5] = tostring(redis.call('ZCARD', KEYS[1]))
  for _, part in ipairs(redis.call('ZRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')) do reply[#reply + 1] = part end
elseif kind == 'stream' then
  reply[5] = tostring(redis.call('XLEN', KEYS[1]))
  for _, message in ipairs(redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', ARGV[1])) do
    reply[#reply + 1] = message[1]
    reply[#reply + 1] = tostring(#message[2])
    for _, part in ipairs(message[2]) do reply[#reply + 1] = part end
  end
end
return reply
