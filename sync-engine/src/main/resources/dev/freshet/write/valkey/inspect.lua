-- KEYS  an entry, its fence
-- Returns type, time to live of the entry (ms, -1 without, -2 absent), fence or empty, time to live of the fence, then
-- the value: a string alone, a hash as field, value, ...; nothing for other types. Reads only.

local kind = redis.call('TYPE', KEYS[1]).ok
local fence = redis.pcall('GET', KEYS[2])
if type(fence) ~= 'string' then fence = '' end
local reply = { kind, tostring(redis.call('PTTL', KEYS[1])), fence, tostring(redis.call('PTTL', KEYS[2])) }
if kind == 'string' then
  reply[5] = redis.call('GET', KEYS[1])
elseif kind == 'hash' then
  for _, part in ipairs(redis.call('HGETALL', KEYS[1])) do reply[#reply + 1] = part end
end
return reply
