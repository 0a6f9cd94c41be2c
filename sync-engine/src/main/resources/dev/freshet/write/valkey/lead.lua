-- KEYS  the lead, then a document where one is saved: the checkpoint, or the rules; then the mark of a document that an eviction
--       may take, which is there as long as the memory is not lost
-- ARGV  the lead that is claimed (24 hexadecimal digits: source epoch, then leader epoch, which counts within it), then for
--       a document the one that must stand there or empty for any, and the new one
-- Returns 'DONE' and the moment in ms since 1970; or 'LED', the lead that is greater and was claimed already; or 'OTHER' where another document stands.

-- Eight digits at a time: a Lua number is exact to 53 bits.
local function greater(a, b)
  for at = 1, 17, 8 do
    local of_a, of_b = tonumber(string.sub(a, at, at + 7), 16), tonumber(string.sub(b, at, at + 7), 16)
    if of_a ~= of_b then return of_a > of_b end
  end
  return false
end

local now = redis.call('TIME')
local lead = redis.pcall('GET', KEYS[1])
if type(lead) == 'table' then return lead end
if lead and not string.match(lead, '^' .. string.rep('%x', 24) .. '$') then
  return redis.error_reply('WRONGTYPE the key of the lead holds something else')
end
if lead and greater(lead, ARGV[1]) then return { 'LED', lead } end

local held = false
if KEYS[2] then
  held = redis.pcall('GET', KEYS[2])
  if type(held) == 'table' then return held end
  -- What the caller has seen it may overwrite, whatever it is.
  if held and held ~= ARGV[2] and not pcall(cjson.decode, held) then
    return redis.error_reply('WRONGTYPE the key ' .. KEYS[2] .. ' holds something else')
  end
  -- To ask for the mark keeps it as warm as the document.
  local evicted = not held and KEYS[3] and redis.call('GET', KEYS[3])
  -- The same again: its first reply was lost.
  if ARGV[2] ~= '' and held ~= ARGV[2] and held ~= ARGV[3] and not evicted then return { 'OTHER' } end
end

-- Also where it stands there already: a server that cannot be written to any more says so.
local reply = redis.pcall('SET', KEYS[1], ARGV[1])
if reply.err then return reply end
if KEYS[2] then
  local reply = redis.pcall('SET', KEYS[2], ARGV[3])
  if reply.err then return reply end
end
if KEYS[3] then
  local reply = redis.pcall('SET', KEYS[3], '1')
  if reply.err then return reply end
end
return { 'DONE', string.format('%d%03d', now[1], math.floor(now[2] / 1000)) }
