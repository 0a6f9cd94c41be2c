-- Fenced writes: an entry, or a part of one, changes together with its fence, or not at all. Writes do not hinder each
-- other.
--
-- KEYS  entry, its fence (or its part's), entry, its fence, ..., then tag indexes
-- ARGV  the deadline by this server's clock in ms, the life of a fence in ms, the number of writes, then for each write
--         the fence it gets: version (24 bytes), leader epoch (8), state (1), owner (the rest)
--         how many values follow: 'n', or 'n joins leaves' where the entry joins or leaves tags
--         the places in KEYS of the tag indexes that it joins, then of those that it leaves
--         the values, by state
--           S (a string): life, value
--           H (a hash): life, field, value, ...
--           s, h (a string or a hash that a query found): as S, H
--           m (a set that a query found): life, member, ...   z (a sorted set): life, score, member, ...
--           P (a part): kind, number of names, names that have no value, then by kind
--             F (fields of a hash) field, value, ...   M (a member of a set) member   Z (of a sorted set) score, member
--           p (a part removed by its row), i (invalidated), w (swept with its table): kind, names of fields or the member
--           R (removed by its row), r (a query found nothing), I (invalidated), W (swept with its table), T (invalidated where it is older): none
--       A life is '0' for ever, a number of ms, or '@' and a moment in ms since 1970.
-- Returns one letter a write, then the text of each error in order.
--         A applied, S superseded, O another row owns it, L late, E error
--
-- Runs on Redis 6.2 and later, Valkey 7.2 and later.

local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local writes = tonumber(ARGV[3])
if now > tonumber(ARGV[1]) then
  return { string.rep('L', writes) }
end

local pcall, sub, unpack_numbers = redis.pcall, string.sub, struct.unpack
local FENCE_BYTES = 33
local VERSION_BYTES = 24
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

-- What a query finds is newer the later it is asked. Under one leader later questions have later versions; a later leader
-- asks later whatever version it has come to, so its epoch counts before the version. Both count within a source epoch.
local FOUND = { s = true, h = true, m = true, z = true, r = true }

local function found_later(held, sent)
  if sub(held, 1, 4) ~= sub(sent, 1, 4) or sub(held, 25, 32) == sub(sent, 25, 32) then return outranks(held, sent) end
  local a1, a2 = unpack_numbers('>I4I4', held, 25)
  local b1, b2 = unpack_numbers('>I4I4', sent, 25)
  return a1 > b1 or (a1 == b1 and a2 > b2)
end

-- What a tag invalidates is older than the change: an entry that the same change wrote stays.
local function is_as_new(held, sent, state)
  return state == 'T' and sub(held, 1, VERSION_BYTES) == sub(sent, 1, VERSION_BYTES)
end

local function error_of(reply)
  return type(reply) == 'table' and reply.err
end

local IS_PUT = { S = true, H = true, P = true }
local BY_ROW = { R = true, p = true }
local BY_TABLE = { W = true, w = true }

-- Whether a row other than the one that asks (or a row of a table other than the one swept) owns what the fence guards.
local function owned_by_another(held, sent, state)
  if not IS_PUT[sub(held, 33, 33)] then return false end
  local owner = sub(sent, 34)
  if BY_ROW[state] then return sub(held, 34) ~= owner end
  if BY_TABLE[state] then return sub(held, 34, 33 + #owner) ~= owner end
  return false
end

-- Where no fence was found one of another type may stand: GET makes it an error, and nothing is overwritten.
local function set_fence(fence_key, fence, held)
  if held then return pcall('SET', fence_key, fence, 'PX', window) end
  return pcall('SET', fence_key, fence, 'PX', window, 'GET')
end

-- In slices: the interpreter's stack holds some thousand arguments.
local function in_slices(command, key, first, last)
  local reply
  for from = first, last, 1000 do
    reply = pcall(command, key, unpack(ARGV, from, math.min(from + 999, last)))
    if error_of(reply) then return reply end
  end
  return reply
end

local function put_string(key, first)
  local life, value = ARGV[first], ARGV[first + 1]
  if life == '0' then return pcall('SET', key, value) end
  if sub(life, 1, 1) ~= '@' then return pcall('SET', key, value, 'PX', life) end
  local moment = sub(life, 2)
  if tonumber(moment) <= now then return pcall('UNLINK', key) end
  return pcall('SET', key, value, 'PXAT', moment)
end

local function put_hash(key, first, last)
  local life = ARGV[first]
  local reply = pcall('UNLINK', key)
  if error_of(reply) then return reply end
  reply = in_slices('HSET', key, first + 1, last)
  if error_of(reply) or life == '0' or first == last then return reply end
  if sub(life, 1, 1) == '@' then return pcall('PEXPIREAT', key, sub(life, 2)) end
  return pcall('PEXPIRE', key, life)
end

-- The whole of a set, or of a sorted set whose scores and members take turns.
local function put_members(command, key, first, last)
  local life = ARGV[first]
  local reply = pcall('UNLINK', key)
  if error_of(reply) then return reply end
  reply = in_slices(command, key, first + 1, last)
  if error_of(reply) or life == '0' then return reply end
  return pcall('PEXPIRE', key, life)
end

local function put_set(key, first, last) return put_members('SADD', key, first, last) end

local function put_sorted_set(key, first, last) return put_members('ZADD', key, first, last) end

local PUT_PART = { F = 'HSET', M = 'SADD', Z = 'ZADD' }
local REMOVE_PART = { F = 'HDEL', M = 'SREM', Z = 'ZREM' }

local function put_part(key, first, last)
  local kind, names = ARGV[first], tonumber(ARGV[first + 1])
  local reply = in_slices(REMOVE_PART[kind], key, first + 2, first + 1 + names)
  if error_of(reply) then return reply end
  return in_slices(PUT_PART[kind], key, first + 2 + names, last)
end

local function remove_part(key, first, last)
  return in_slices(REMOVE_PART[ARGV[first]], key, first + 1, last)
end

local PUT = {
  S = put_string, H = put_hash, P = put_part, s = put_string, h = put_hash, m = put_set, z = put_sorted_set
}
local REMOVE = { p = remove_part, i = remove_part, w = remove_part }

-- Joins come before the write and leaves after it: registered too widely, an entry is invalidated too often.
local function register(command, key, from, to)
  for at = from, to do
    local problem = error_of(pcall(command, KEYS[tonumber(ARGV[at])], key))
    if problem then return problem end
  end
end

-- A put sets the fence first: when the put then fails, nothing older gets in and the same put may be tried again.
-- A removal takes the entry first: a server without memory still does that, and after it sets the fence.
local function apply(key, fence_key, held, fence, joins, leaves, values, last)
  local state = sub(fence, 33, 33)
  if held then
    if #held < FENCE_BYTES then return 'E', 'WRONGTYPE the key of the fence holds something else' end
    local later = FOUND[state] and FOUND[sub(held, 33, 33)] and found_later or outranks
    if later(held, fence) or is_as_new(held, fence, state) then return 'S' end
    if owned_by_another(held, fence, state) then return 'O' end
  end
  local problem
  if PUT[state] then
    problem = register('SADD', key, joins, leaves - 1)
      or error_of(set_fence(fence_key, fence, held))
      or error_of(PUT[state](key, values, last))
  else
    local removed = REMOVE[state] and REMOVE[state](key, values, last) or pcall('UNLINK', key)
    problem = error_of(removed) or error_of(set_fence(fence_key, fence, held))
  end
  problem = problem or register('SREM', key, leaves, values - 1)
  if problem then return 'E', problem end
  return 'A'
end

-- Where the write whose fence stands at this place of ARGV has the tags that it joins, those that it leaves, its values,
-- and the last of them.
local function layout(at)
  local values = tonumber(ARGV[at + 1])
  if values then return at + 2, at + 2, at + 2, at + 1 + values end
  local counts, joins, leaves = string.match(ARGV[at + 1], '(%d+) (%d+) (%d+)')
  local first = at + 2 + joins + leaves
  return at + 2, at + 2 + joins, first, first + counts - 1
end

local fence_keys = {}
for i = 1, writes do fence_keys[i] = KEYS[2 * i] end
local found = pcall('MGET', unpack(fence_keys))
if found.err then return found end

-- What was set in this call, by key.
local set = {}
local letters, errors = {}, {}
local at = 4
for i = 1, writes do
  local fence = ARGV[at]
  local joins, leaves, values, last = layout(at)
  local held = set[fence_keys[i]] or found[i]
  local letter, problem = apply(KEYS[2 * i - 1], fence_keys[i], held, fence, joins, leaves, values, last)
  if letter == 'A' then set[fence_keys[i]] = fence end
  if problem then errors[#errors + 1] = problem end
  letters[i] = letter
  at = last + 1
end
return { table.concat(letters), unpack(errors) }
