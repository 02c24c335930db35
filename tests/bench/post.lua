-- Drafts the posting in $BENCH_BODY again and again, signed in.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
local file = assert(io.open(os.getenv("BENCH_BODY")))
wrk.body = file:read("*a")
file:close()

function done(summary)
	print(string.format("COUNT %d %d %d", summary.requests,
		summary.duration, summary.errors.status
			+ summary.errors.connect + summary.errors.read
			+ summary.errors.write + summary.errors.timeout))
end
