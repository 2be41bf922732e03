-- Sends predictions of 256 rows each, over one connection per thread, at a fixed total rate if RATE is set. Prints the latency of the
-- accepted ones only.
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } moment; int clock_gettime(int clock, moment *now);")
local moment = ffi.new("moment")
local function now()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.s) + tonumber(moment.ns) / 1e9
end

local threads, body = {}, nil
accepted, rejected, failed, latencies = 0, 0, 0, {}
local sent, due
wrk.headers["Content-Type"] = "application/json"

function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

function init(args)
  local rows = {}
  for line in io.lines(os.getenv("DIGITS")) do
    rows[#rows + 1] = "[" .. line:match("^(.*),[^,]*$") .. "]"
    if #rows == 256 then break end
  end
  body = wrk.format("POST", nil, nil, '{"rows":[' .. table.concat(rows, ",") .. "]}")
  interval = os.getenv("RATE") and tonumber(os.getenv("CONNECTIONS")) / tonumber(os.getenv("RATE"))
  math.randomseed(number + 1)
end

function request()
  sent = now()
  return body
end

function response(status)
  if status == 200 then
    accepted = accepted + 1
    latencies[#latencies + 1] = now() - sent
  elseif status == 429 then
    rejected = rejected + 1
  else
    failed = failed + 1
  end
end

if os.getenv("RATE") then
  function delay() -- whole milliseconds, so that their mean is right
    due = (due or now() + math.random() * interval) + interval
    return math.floor(math.max(0, due - now()) * 1000 + math.random())
  end
end

function done(summary)
  local all, a, r, f = {}, 0, 0, 0
  for _, thread in ipairs(threads) do
    a, r, f = a + thread:get("accepted"), r + thread:get("rejected"), f + thread:get("failed")
    for _, latency in ipairs(thread:get("latencies")) do all[#all + 1] = latency end
  end
  table.sort(all)
  local seconds, errors = summary.duration / 1e6, summary.errors
  io.write(string.format("BATCHES %.1f %.1f %d %.4f %.4f\n", a / seconds, r / seconds, f + errors.connect + errors.read + errors.write + errors.timeout,
    1000 * (all[math.ceil(0.5 * #all)] or 0), 1000 * (all[math.ceil(0.99 * #all)] or 0)))
end
