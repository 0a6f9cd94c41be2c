-- KEYS  the checkpoint
-- ARGV  the lead (24 hexadecimal digits: source epoch, then leader epoch, which counts within it), the checkpoint that
--       must stand there or empty for any, the checkpoint as JSON with the same lead in it
-- Returns 'SAVED'; or 'LED', the lead that is greater and already stored; or 'OTHER'.

-- Eight digits at a time: a Lua number is exact to 53 bits.
local function greater(a, b)
  for at = 1, 17, 8 do
    local of_a, of_b = tonumber(string.sub(a, at, at + 7), 16), tonumber(string.sub(b, at, at + 7), 16)
    if of_a ~= of_b then return of_a > of_b end
  end
  return false
end

local held = redis.pcall('GET', KEYS[1])
if type(held) == 'table' then return held end
if held then
  local lead = cjson.decode(held).lead
  if lead and greater(lead, ARGV[1]) then return { 'LED', lead } end
end
-- The same again: its first reply was lost.
if ARGV[2] ~= '' and held ~= ARGV[2] and held ~= ARGV[3] then return { 'OTHER' } end
local reply = redis.pcall('SET', KEYS[1], ARGV[3])
if reply.err then return reply end
return { 'SAVED' }
