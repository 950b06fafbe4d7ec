-- The sums of each mark, in the smallest unit the numbers have; in two parts, so that no sum is too
-- large to be exact.
-- Grain: one mark, the rows that stand at one place along and in one series
-- People: none
select
    along,
    series,
    count(*) as found,
    count(measure) as used,
    sum(measure::hugeint // 1000000000)::varchar as high,
    sum(measure::hugeint % 1000000000)::varchar as low
from marks
group by
    along,
    series
