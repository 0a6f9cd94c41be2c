-- KEYS  a hash
-- ARGV  since when, in ms; then partitions and offsets, in turn
-- Stores how far each partition may be written, and since when where nothing says that yet. What is stored never goes back, as a
-- member that lost its partitions may speak late. Returns how many partitions moved.
local moved = 0
for i = 2, #ARGV, 2 do
  local before = redis.call('HGET', KEYS[1], ARGV[i])
  if not before or tonumber(before) < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    moved = moved + 1
  end
  redis.call('HSETNX', KEYS[1], ARGV[i] .. ' since', ARGV[1])
end
return moved
