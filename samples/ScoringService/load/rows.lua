-- Sends the rows of Digits in turn, one per request.
local requests, turn = {}, 0
wrk.headers["Content-Type"] = "application/json"

function init(args)
  for line in io.lines(os.getenv("DIGITS")) do
    requests[#requests + 1] = wrk.format("POST", nil, nil, '{"features":[' .. line:match("^(.*),[^,]*$") .. "]}")
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
