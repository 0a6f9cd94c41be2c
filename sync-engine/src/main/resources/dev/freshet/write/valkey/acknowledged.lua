-- KEYS  a hash that sent.lua keeps
-- ARGV  the term; then partitions, how far whoever acknowledges knows each to be written, and since when the rest was, in ms, or an
--       empty text where nothing is left, in turn
-- Stores since when the rest of each partition was written, unless another one has written further. Returns of how many it did.
local moved = 0
if redis.call('HGET', KEYS[1], 'term') == ARGV[1] then
  for i = 2, #ARGV, 3 do
    local stored = redis.call('HGET', KEYS[1], ARGV[i])
    if stored and tonumber(stored) <= tonumber(ARGV[i + 1]) then
      local since = ARGV[i] .. ' since'
      if ARGV[i + 2] == '' then
        redis.call('HDEL', KEYS[1], since)
      else
        redis.call('HSET', KEYS[1], since, ARGV[i + 2])
      end
      moved = moved + 1
    end
  end
end
return moved
