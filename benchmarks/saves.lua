-- Answers for wrk to send: one line a question in LMS_BENCH_SITTINGS (path, token, choice, choice; tabs between).
-- LMS_BENCH_FIRST: a sequence above all that were sent before.
-- LMS_BENCH_PAUSE: milliseconds that each connection waits before it sends again.
local questions, number = {}, 0
local before = tonumber(os.getenv("LMS_BENCH_FIRST"))
local pause = tonumber(os.getenv("LMS_BENCH_PAUSE") or "0")

function init()
  for line in io.lines(os.getenv("LMS_BENCH_SITTINGS")) do
    local path, token, first, second = line:match("([^\t]+)\t([^\t]+)\t([^\t]+)\t([^\t]+)")
    local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
    questions[#questions + 1] = { path = path, headers = headers, choices = { first, second } }
  end
end

function request()
  local question = questions[number % #questions + 1]
  local sequence = before + math.floor(number / #questions)
  number = number + 1
  local answer = question.choices[sequence % 2 + 1]
  local body = '{"sequence":' .. string.format("%d", sequence) .. ',"response":{"choices":["' .. answer .. '"]}}'
  return wrk.format("PUT", question.path, question.headers, body)
end

if pause > 0 then
  function delay() return math.random(0, 2 * pause) end
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "wrong": %d, "p50": %.3f, "p95": %.3f, "p99": %.3f}\n',
    summary.requests, summary.duration / 1e6, failed.status + failed.connect + failed.read + failed.write + failed.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
