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

local FENCE = '>I4I4I4I4I4I4I4I4'
local FENCE_BYTES = 33
local window = ARGV[2]

-- Strings are not compared with '<': that asks the server's locale.
local function outranks(held, sent)
  local a1, a2, a3, a4, a5, a6, a7, a8 = struct.unpack(FENCE, held)
  local b1, b2, b3, b4, b5, b6, b7, b8 = struct.unpack(FENCE, sent)
  if a1 ~= b1 then return a1 > b1 end
  if a2 ~= b2 then return a2 > b2 end
  if a3 ~= b3 then return a3 > b3 end
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
  local held_state = string.sub(held, 33, 33)
  if held_state ~= 'S' and held_state ~= 'H' then return false end
  local owner = string.sub(sent, 34)
  if state == 'R' then return string.sub(held, 34) ~= owner end
  return state == 'W' and string.sub(held, 34, 33 + #owner) ~= owner
end

local function put_string(key, at)
  if ARGV[at] == '0' then return redis.pcall('SET', key, ARGV[at + 1]) end
  return redis.pcall('SET', key, ARGV[at + 1], 'PX', ARGV[at])
end

-- In slices: the interpreter's stack holds some thousand arguments.
local function put_hash(key, at)
  local first, last = at + 2, at + 1 + ARGV[at + 1]
  local reply = redis.pcall('UNLINK', key)
  for from = first, last, 1000 do
    if error_of(reply) then return reply end
    reply = redis.pcall('HSET', key, unpack(ARGV, from, math.min(from + 999, last)))
  end
  if error_of(reply) or ARGV[at] == '0' or first > last then return reply end
  return redis.pcall('PEXPIRE', key, ARGV[at])
end

-- Fence first: when the put then fails, nothing older gets in and the same put may be tried again.
local function put(key, fence_key, fence, at, put_value)
  local reply = redis.pcall('SET', fence_key, fence, 'PX', window)
  if error_of(reply) then return reply end
  return put_value(key, at)
end

-- Entry first: a server without memory still takes a removal, and after it the fence.
local function remove(key, fence_key, fence)
  local reply = redis.pcall('UNLINK', key)
  if error_of(reply) then return reply end
  return redis.pcall('SET', fence_key, fence, 'PX', window)
end

local function apply(key, fence_key, at)
  local fence = ARGV[at]
  local state = string.sub(fence, 33, 33)
  local held = redis.pcall('GET', fence_key)
  if error_of(held) then return 'E', held.err end
  if held then
    if #held < FENCE_BYTES then return 'E', 'WRONGTYPE the key of the fence holds something else' end
    if outranks(held, fence) then return 'S' end
    if owned_by_another(held, fence, state) then return 'O' end
  end
  local reply
  if state == 'S' then
    reply = put(key, fence_key, fence, at + 1, put_string)
  elseif state == 'H' then
    reply = put(key, fence_key, fence, at + 1, put_hash)
  else
    reply = remove(key, fence_key, fence)
  end
  local problem = error_of(reply)
  if problem then return 'E', problem end
  return 'A'
end

local function arguments_of(at)
  local state = string.sub(ARGV[at], 33, 33)
  if state == 'S' then return 3 end
  if state == 'H' then return 3 + ARGV[at + 2] end
  return 1
end

-- After an error on a key nothing else is done to it: the order of one key's operations holds when they are repeated.
local letters, errors, failed = {}, {}, {}
local at = 3
for i = 1, #KEYS, 2 do
  local key = KEYS[i]
  local letter, problem = 'E', failed[key]
  if not problem then letter, problem = apply(key, KEYS[i + 1], at) end
  if problem then
    failed[key] = problem
    errors[#errors + 1] = problem
  end
  letters[#letters + 1] = letter
  at = at + arguments_of(at)
end
return { table.concat(letters), unpack(errors) }
