-- KEYS  a hash
-- ARGV  the term, a number that grows; since when, in ms; then partitions and offsets, in turn
-- Stores how far each partition may be written, and since when where nothing says that yet. Within a term what is stored never goes
-- back, as a member that lost its partitions may speak late; in the next one offsets may be those of another topic. Returns of each
-- partition how far it was stored before, or an empty text, how far it is stored now, and since when; nothing to a member of a term
-- that is over.
local term = redis.call('HGET', KEYS[1], 'term')
if term ~= ARGV[1] then
  if term and tonumber(term) > tonumber(ARGV[1]) then
    return {}
  end
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'term', ARGV[1])
end
local told = {}
for i = 3, #ARGV, 2 do
  local before = redis.call('HGET', KEYS[1], ARGV[i])
  if not before or tonumber(before) < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
  local since = ARGV[i] .. ' since'
  redis.call('HSETNX', KEYS[1], since, ARGV[2])
  told[#told + 1] = before or ''
  told[#told + 1] = redis.call('HGET', KEYS[1], ARGV[i])
  told[#told + 1] = redis.call('HGET', KEYS[1], since)
end
return told
