-- KEYS  a request
-- ARGV  its text
-- Removes the request where it is still that one. Returns how many it removed.
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
