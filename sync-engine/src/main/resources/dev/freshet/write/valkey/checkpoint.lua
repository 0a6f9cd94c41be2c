-- KEYS  the checkpoint
-- ARGV  leader epoch (16 hexadecimal digits), the checkpoint that must stand there or empty for any, the checkpoint
--       as JSON with the same leader epoch in it
-- Returns 'SAVED'; or 'LED', the leader epoch that is greater and already stored; or 'OTHER'.

local function greater(a, b)
  local a_high, b_high = tonumber(string.sub(a, 1, 8), 16), tonumber(string.sub(b, 1, 8), 16)
  if a_high ~= b_high then return a_high > b_high end
  return tonumber(string.sub(a, 9, 16), 16) > tonumber(string.sub(b, 9, 16), 16)
end

local held = redis.pcall('GET', KEYS[1])
if type(held) == 'table' then return held end
if held then
  local leader = cjson.decode(held).leaderEpoch
  if greater(leader, ARGV[1]) then return { 'LED', leader } end
end
-- The same again: its first reply was lost.
if ARGV[2] ~= '' and held ~= ARGV[2] and held ~= ARGV[3] then return { 'OTHER' } end
local reply = redis.pcall('SET', KEYS[1], ARGV[3])
if reply.err then return reply end
return { 'SAVED' }
