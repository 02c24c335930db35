-- Asks for the best matches of students in random order, signed in as the
-- office. The requests are made before the clock runs; the students' ids stand
-- in $BENCH_IDS, one a line.
local requests, at = {}, 0

function init()
	local headers = { Authorization = "Bearer " .. os.getenv("BENCH_TOKEN") }
	for id in io.lines(os.getenv("BENCH_IDS")) do
		requests[#requests + 1] = wrk.format("GET",
			"/v1/students/" .. id .. "/matches?limit=20", headers)
	end
end

function request()
	at = at % #requests + 1
	return requests[at]
end

function done(summary, latency)
	print(string.format("COUNT %d %d %d %d %d", summary.requests,
		summary.duration, summary.errors.status
			+ summary.errors.connect + summary.errors.read
			+ summary.errors.write + summary.errors.timeout,
		latency:percentile(50), latency:percentile(99)))
end
