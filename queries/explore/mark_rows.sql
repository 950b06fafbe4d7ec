-- How many rows each mark of a chart has.
-- Grain: one mark, the rows that stand at one place along and in one series
-- People: none
select
    along,
    series,
    count(*) as found,
    count(*) as used
from marks
group by
    along,
    series
