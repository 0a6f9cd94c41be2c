-- Fenced writes: an entry changes together with its fence, or not at all. Entries do not hinder each other.
--
-- KEYS  entry, its fence, entry, its fence, ...
-- ARGV  the deadline by this server's clock in ms, the life of a fence in ms, then for each entry
--         the fence it gets: version (24 bytes), leader epoch (8), state (1), owner (the rest)
--         state S (a string): time to live in ms or 0, value
--         state H (a hash):   time to live in ms or 0, number of fields and values, field, value, ...
--         states R (removed by its row), I (invalidated), W (swept with its table): nothing more
-- Returns one letter an entry, then the text of each error in order.
--         A applied, S superseded, O another row owns the entry, L late, E error
--
-- Runs on Redis 6.2 and later, Valkey 7.2 and later.

local now = redis.call('TIME')
if now[1] * 1000 + math.floor(now[2] / 1000) > tonumber(ARGV[1]) then
  return { string.rep('L', #KEYS / 2) }
end

local pcall, sub, unpack_numbers = redis.pcall, string.sub, struct.unpack
local FENCE_BYTES = 33
local window = ARGV[2]

-- Whether a fence is of a later version than another, or of the same version under a later leader. Strings are not
-- compared with '<': that asks the server's locale. Four bytes at a time: a Lua number is exact to 53 bits.
local function outranks(held, sent)
  local a1, a2, a3 = unpack_numbers('>I4I4I4', held)
  local b1, b2, b3 = unpack_numbers('>I4I4I4', sent)
  if a1 ~= b1 then return a1 > b1 end
  if a2 ~= b2 then return a2 > b2 end
  if a3 ~= b3 then return a3 > b3 end
  local a4, a5, a6, a7, a8 = unpack_numbers('>I4I4I4I4I4', held, 13)
  local b4, b5, b6, b7, b8 = unpack_numbers('>I4I4I4I4I4', sent, 13)
  if a4 ~= b4 then return a4 > b4 end
  if a5 ~= b5 then return a5 > b5 end
  if a6 ~= b6 then return a6 > b6 end
  if a7 ~= b7 then return a7 > b7 end
  return a8 > b8
end

local function error_of(reply)
  return type(reply) == 'table' and reply.err
end

-- Whether a row other than the one that asks (or a row of a table other than the one swept) owns what the fence guards.
local function owned_by_another(held, sent, state)
  if state ~= 'R' and state ~= 'W' then return false end
  local held_state = sub(held, 33, 33)
  if held_state ~= 'S' and held_state ~= 'H' then return false end
  local owner = sub(sent, 34)
  if state == 'R' then return sub(held, 34) ~= owner end
  return sub(held, 34, 33 + #owner) ~= owner
end

-- Where no fence was found one of another type may stand: GET makes it an error, and nothing is overwritten.
local function set_fence(fence_key, fence, held)
  if held then return pcall('SET', fence_key, fence, 'PX', window) end
  return pcall('SET', fence_key, fence, 'PX', window, 'GET')
end

local function put_string(key, at)
  if ARGV[at] == '0' then return pcall('SET', key, ARGV[at + 1]) end
  return pcall('SET', key, ARGV[at + 1], 'PX', ARGV[at])
end

-- In slices: the interpreter's stack holds some thousand arguments.
local function put_hash(key, at)
  local first, last = at + 2, at + 1 + ARGV[at + 1]
  local reply = pcall('UNLINK', key)
  for from = first, last, 1000 do
    if error_of(reply) then return reply end
    reply = pcall('HSET', key, unpack(ARGV, from, math.min(from + 999, last)))
  end
  if error_of(reply) or ARGV[at] == '0' or first > last then return reply end
  return pcall('PEXPIRE', key, ARGV[at])
end

-- A put sets the fence first: when the put then fails, nothing older gets in and the same put may be tried again.
-- A removal takes the entry first: a server without memory still does that, and after it sets the fence.
local function apply(key, fence_key, held, at, state)
  local fence = ARGV[at]
  if held then
    if #held < FENCE_BYTES then return 'E', 'WRONGTYPE the key of the fence holds something else' end
    if outranks(held, fence) then return 'S' end
    if owned_by_another(held, fence, state) then return 'O' end
  end
  local put = state == 'S' and put_string or state == 'H' and put_hash
  local problem
  if put then
    problem = error_of(set_fence(fence_key, fence, held)) or error_of(put(key, at + 1))
  else
    problem = error_of(pcall('UNLINK', key)) or error_of(set_fence(fence_key, fence, held))
  end
  if problem then return 'E', problem end
  return 'A'
end

local fence_keys = {}
for i = 2, #KEYS, 2 do fence_keys[i / 2] = KEYS[i] end
local found = pcall('MGET', unpack(fence_keys))
if found.err then return found end

-- What was set in this call, by key.
local set = {}
local letters, errors = {}, {}
local at = 3
for i = 1, #fence_keys do
  local key = KEYS[2 * i - 1]
  local state = sub(ARGV[at], 33, 33)
  local letter, problem = apply(key, fence_keys[i], set[key] or found[i], at, state)
  if letter == 'A' then set[key] = ARGV[at] end
  if problem then errors[#errors + 1] = problem end
  letters[i] = letter
  at = at + (state == 'S' and 3 or state == 'H' and 3 + ARGV[at + 2] or 1)
end
return { table.concat(letters), unpack(errors) }
