-- Generic cell rate algorithm over several keys at once: either every key pays or none does.
-- KEYS: the buckets. ARGV: for each bucket its tokens per period and the period in microseconds.
-- Returns {allowed, remaining, retry_ms, reset_ms, index of the bucket that decided (from 1)}.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local fresh = {}
local tightest = {1, math.huge, 0, 0, 0}
for i, key in ipairs(KEYS) do
    local tokens, period = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local interval = period / tokens
    local arrival = math.max(tonumber(redis.call('GET', key) or now), now)
    local allowed_at = arrival + interval - period
    if now < allowed_at then
        return {0, 0, math.ceil((allowed_at - now) / 1000), math.ceil((arrival - now) / 1000), i}
    end
    fresh[i] = arrival + interval
    local remaining = math.floor((period - (fresh[i] - now)) / interval)
    if remaining < tightest[2] then
        tightest = {1, remaining, 0, math.ceil((fresh[i] - now) / 1000), i}
    end
end
for i, key in ipairs(KEYS) do
    redis.call('SET', key, string.format('%.0f', fresh[i]), 'PX', math.ceil((fresh[i] - now) / 1000) + 1)
end
return tightest
