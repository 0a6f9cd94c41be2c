-- Messages. What one change says to one stream is added whole or not at all, and once: beside the stream stands the version
-- that was added last.
--
-- KEYS  stream, its fence, stream, its fence, ...: one pair for each dispatch to a stream, in their order
-- ARGV  the deadline by this server's clock in ms, the number of dispatches, then for each
--         S (to a stream): version (24 bytes), version as text, commit in ms since 1970, number of messages, then for each of
--           them about how many the stream keeps, or '0' for all; value
--         C (to a channel): name, number of messages, values
-- Returns one letter a dispatch, then the text of each error in order.
--         A applied, S superseded, L late, E error
--
-- Runs on Redis 6.2 and later, Valkey 7.2 and later.

local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local dispatches = tonumber(ARGV[2])
if now > tonumber(ARGV[1]) then
  return { string.rep('L', dispatches) }
end

local pcall, unpack_number = redis.pcall, struct.unpack
local VERSION_BYTES = 24
-- A Lua number is exact up to here.
local MOST = 2 ^ 53

local function error_of(reply)
  return type(reply) == 'table' and reply.err
end

-- Strings are not compared with '<': that asks the server's locale.
local function is_as_new(held, sent)
  for at = 1, VERSION_BYTES, 4 do
    local of_held, of_sent = (unpack_number('>I4', held, at)), (unpack_number('>I4', sent, at))
    if of_held ~= of_sent then return of_held > of_sent end
  end
  return true
end

local function numbers(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return { ms = tonumber(ms), seq = tonumber(seq) }
end

-- The greatest id that the stream ever gave, also where its entry is gone; or nothing and an error.
local function last_id(stream)
  local kind = pcall('TYPE', stream)
  if kind.err then return nil, kind.err end
  if kind.ok == 'none' then return { ms = 0, seq = 0 } end
  if kind.ok ~= 'stream' then return nil, 'WRONGTYPE the key of the stream holds something else' end
  local info = pcall('XINFO', 'STREAM', stream)
  if info.err then return nil, info.err end
  for at = 1, #info, 2 do
    if info[at] == 'last-generated-id' then return numbers(info[at + 1]) end
  end
  return nil, 'ERR the stream has no last id'
end

-- Ids grow, though commits of one moment share its number and the database's clock may go back. Somebody else may have
-- added ids that are too large to count on with; the server finds the next one then.
local function id_after(last, moment)
  if moment > last.ms then return string.format('%.0f-0', moment) end
  if last.ms >= MOST or last.seq >= MOST then return '*' end
  return string.format('%.0f-%.0f', last.ms, last.seq + 1)
end

-- What was added in this call: versions by fence, ids by stream.
local fences, last_ids = {}, {}

local function add(stream, fence_key, at)
  local version, text, moment, messages = ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local held = fences[fence_key] or pcall('GET', fence_key)
  if error_of(held) then return 'E', held.err end
  if held then
    if #held ~= VERSION_BYTES then return 'E', 'WRONGTYPE the key of the fence holds something else' end
    if is_as_new(held, version) then return 'S' end
  end
  local last, problem = last_ids[stream], nil
  if not last then last, problem = last_id(stream) end
  if problem then return 'E', problem end
  for from = at + 5, at + 3 + 2 * messages, 2 do
    local keep, value, id, reply = ARGV[from], ARGV[from + 1], id_after(last, moment), nil
    if keep == '0' then
      reply = pcall('XADD', stream, id, 'value', value, 'version', text)
    else
      reply = pcall('XADD', stream, 'MAXLEN', '~', keep, id, 'value', value, 'version', text)
    end
    if error_of(reply) then return 'E', reply.err end
    last = numbers(reply)
    last_ids[stream] = last
  end
  local reply = pcall('SET', fence_key, version)
  if error_of(reply) then return 'E', reply.err end
  fences[fence_key] = version
  return 'A'
end

local function tell(at)
  for from = at + 3, at + 2 + tonumber(ARGV[at + 2]) do
    local problem = error_of(pcall('PUBLISH', ARGV[at + 1], ARGV[from]))
    if problem then return 'E', problem end
  end
  return 'A'
end

-- The error of a stream or a channel: what comes behind waits for what it met.
local failed = {}
local letters, errors = {}, {}
local key, at = 1, 3
for i = 1, dispatches do
  local kind, name, fence_key, following, letter, problem = ARGV[at], nil, nil, nil, nil, nil
  if kind == 'S' then
    name, fence_key, following = KEYS[key], KEYS[key + 1], at + 5 + 2 * tonumber(ARGV[at + 4])
    key = key + 2
  else
    name, following = ARGV[at + 1], at + 3 + tonumber(ARGV[at + 2])
  end
  local place = kind .. name
  if failed[place] then
    letter, problem = 'E', failed[place]
  elseif kind == 'S' then
    letter, problem = add(name, fence_key, at)
  else
    letter, problem = tell(at)
  end
  if problem then
    failed[place] = problem
    errors[#errors + 1] = problem
  end
  letters[i] = letter
  at = following
end
return { table.concat(letters), unpack(errors) }
