-- What a member got on one occasion. By name: what was paid for them on one day. Else the average:
-- the payments of one activity by those who came, those of one day with the same words by the heads
-- their summaries tell, and where these say nothing by the members of the day.
-- Grain: one occasion, or one person on one day
-- People: who
with named as (
    select
        rule,
        unnest(people) as who,
        len(people) as divisor,
        bearers,
        amount,
        row_key,
        spent_on
    from matched
    where people is not null
),

general as (
    select
        *,
        case when activity is null then spent_on end as on_day,
        coalesce(
            activity,
            regexp_replace(regexp_replace(summary, '[(（【\[].*?[)）】\]]', '', 'g'), '\d+', '', 'g')
        ) as stem
    from matched
    where people is null
)

select
    rule,
    year(spent_on) as in_year,
    who,
    null::varchar as event,
    spent_on::varchar as occasion,
    sum(amount) as amount,
    divisor,
    max(bearers) as bearers,
    divisor > 1 as is_average,
    list(row_key order by row_key) as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from named
group by
    rule,
    who,
    divisor,
    spent_on
union all
select
    rule,
    year(spent_on) as in_year,
    null as who,
    coalesce(max(activity), min(summary)) as event,
    concat_ws('|', stem, on_day) as occasion,
    sum(amount) as amount,
    case
        when on_day is null then coalesce(max(nullif(attended, 0)), max(heads), max(members))
        when count(*) = count(heads) then sum(heads)
        else max(members)
    end as divisor,
    null as bearers,
    true as is_average,
    list(row_key order by row_key) as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from general
group by
    rule,
    stem,
    on_day,
    year(spent_on)
