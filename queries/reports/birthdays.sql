-- Members whose birthday is in the month of the day, or in the one after; last, those whose date of
-- birth no roster gives. The year of birth is not shown, and so a row does not open its cells. Who
-- was born on 29 February celebrates on the 28th of a common year. Where a roster writes months
-- only, all its dates are firsts of months, and the month alone is told.
-- Grain: one member of the day
-- People: name
-- Needs: members
-- Column: turn | 月份 | Month | label:birthday
-- Column: birthday | 生日 | Birthday | text
-- Column: name | 姓名 | Name | text
-- Column: department | 部门 | Department | label
-- Column: employment_type | 用工类型 | Employment | label:employment
with standing as materialized (
    select
        spell.row_key,
        members.name,
        spell.department,
        spell.employment_type,
        spell.birth_date,
        month(spell.birth_date) as birth_month,
        bool_and(day(spell.birth_date) = 1) over () and count(spell.birth_date) over () > 2 as is_by_month
    from member_spells as spell
    join members
        on
            members.row_key = spell.row_key
            and members.as_of = spell.listed_from
    where
        $as_of >= spell.valid_from
        and $as_of < spell.valid_to
        and ($department is null or spell.department = $department)
        and ($employment_type is null or spell.employment_type = $employment_type)
        and ($sex is null or spell.sex = $sex)
),

months as (
    select
        unnest(['this', 'next']) as turn,
        unnest([
            date_trunc('month', $as_of::date)::date,
            (date_trunc('month', $as_of::date) + interval 1 month)::date
        ]) as first_day
),

celebrated as (
    select
        standing.*,
        coalesce(months.turn, 'unknown') as turn,
        months.first_day,
        least(day(standing.birth_date), day(last_day(months.first_day))) as birth_day
    from standing
    left join months on month(months.first_day) = standing.birth_month
    where
        months.turn is not null
        or standing.birth_date is null
)

select
    turn,
    case
        when is_by_month then strftime(first_day, '%m')
        else strftime(first_day + (birth_day - 1)::integer, '%m-%d')
    end as birthday,
    name,
    department,
    employment_type
from celebrated
order by
    first_day nulls last,
    birthday,
    department,
    name,
    row_key
