-- KEYS  a hash
-- ARGV  fields and values, in turn
-- Removes each field that has this value still. Returns how many it removed.
local removed = 0
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    removed = removed + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return removed
