-- The two values in the middle of each mark, which are one where it has an odd number of them.
-- Grain: one mark, the rows that stand at one place along and in one series
-- People: none
with placed as (
    select
        along,
        series,
        measure,
        row_number() over (
            partition by
                along,
                series
            order by measure nulls last
        ) as stands,
        count(*) over (
            partition by
                along,
                series
        ) as found,
        count(measure) over (
            partition by
                along,
                series
        ) as used
    from marks
)

select
    along,
    series,
    max(found) as found,
    max(used) as used,
    min(measure)::varchar as high,
    max(measure)::varchar as low
from placed
where
    stands = (used + 1) // 2
    or stands = (used + 2) // 2
group by
    along,
    series
