-- How often the school did something in a calendar year: the activities held. Of a year whose
-- activities nobody registered, the days on which it was paid for.
-- Grain: one calendar year
-- People: none
with held as (
    select
        held.activity_id,
        held.activity_kind,
        coalesce(map.plain, held.name) as name,
        held.held_on
    from activities_held as held
    left join spelling_map as map on map.written = held.name
),

occasions as (
    select
        rule.rule,
        year(held.held_on) as in_year,
        held.activity_id as occasion,
        held.held_on as on_day
    from held
    join rule
        on
            held.held_on between rule.since and rule.until
            and (rule.words is null or regexp_matches(held.name, rule.words))
            and (rule.without is null or not regexp_matches(held.name, rule.without))
            and (rule.kinds is null or regexp_full_match(held.activity_kind, rule.kinds))
    where rule.asked = 'frequency_school'
    union all
    select
        rule,
        year(spent_on) as in_year,
        spent_on::varchar as occasion,
        spent_on as on_day
    from matched
    where year(spent_on) not in (select year(held_on) from held)
),

paid as (
    select
        rule,
        year(spent_on) as in_year,
        list(row_key order by row_key) as row_keys
    from matched
    group by
        rule,
        year(spent_on)
)

select
    occasions.rule,
    occasions.in_year,
    null::varchar as who,
    null::varchar as event,
    null::varchar as occasion,
    count(distinct occasions.occasion) as amount,
    1 as divisor,
    null as bearers,
    false as is_average,
    any_value(paid.row_keys) as row_keys,
    min(occasions.on_day) as first_on,
    max(occasions.on_day) as last_on
from occasions
left join paid using (rule, in_year)
group by
    occasions.rule,
    occasions.in_year
