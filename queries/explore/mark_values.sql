-- How many different values each mark has; `measure` is a number that stands for a value.
-- Grain: one mark, the rows that stand at one place along and in one series
-- People: none
select
    along,
    series,
    count(*) as found,
    count(measure) as used,
    count(distinct measure) as high
from marks
group by
    along,
    series
