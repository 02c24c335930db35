-- Reads postings in random order, signed in. The requests are made before the
-- clock runs; their ids stand in $BENCH_IDS, one a line.
local requests, at = {}, 0

function init()
	local headers = { Authorization = "Bearer " .. os.getenv("BENCH_TOKEN") }
	for id in io.lines(os.getenv("BENCH_IDS")) do
		requests[#requests + 1] =
			wrk.format("GET", "/v1/postings/" .. id, headers)
	end
end

function request()
	at = at % #requests + 1
	return requests[at]
end

function done(summary)
	print(string.format("COUNT %d %d %d", summary.requests,
		summary.duration, summary.errors.status
			+ summary.errors.connect + summary.errors.read
			+ summary.errors.write + summary.errors.timeout))
end
