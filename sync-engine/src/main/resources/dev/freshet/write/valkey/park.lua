-- KEYS  a hash
-- ARGV  a mark's field and value; then fields and values, in turn
-- Stores all of them. Returns 1 where the mark had this value already: nobody took the hash away since it was set.
local stood = redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2]
for i = 1, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
return stood and 1 or 0
