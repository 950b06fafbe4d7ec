-- How many members, staff, and staff who are members there were at the end of each month; this
-- month's are today's.
-- Grain: one kind of people (department, employment, sex) in one month
-- People: none
-- Title: 会员人数 | members
-- Role: officer
-- Column: month | 月份 | month | label
-- Column: department | 部门 | department | label
-- Column: employment_type | 用工类型 | employment | label:employment
-- Column: sex | 性别 | sex | label:sex
-- Column: members | 会员 | members | people
-- Column: staff | 教职工 | staff | people
-- Column: enrolled | 教职工会员 | staff_members | people
with counted as (
    select
        department,
        employment_type,
        sex,
        valid_from,
        valid_to,
        1 as members,
        0 as staff,
        0 as enrolled
    from member_spells
    union all
    select
        department,
        employment_type,
        sex,
        valid_from,
        valid_to,
        0 as members,
        1 as staff,
        0 as enrolled
    from staff_spells
    union all
    select
        department,
        employment_type,
        sex,
        valid_from,
        valid_to,
        0 as members,
        0 as staff,
        1 as enrolled
    from enrolled
),

months as (
    select unnest(generate_series(date_trunc('month', min(valid_from)), $today::date, interval 1 month))::date as first
    from counted
)

select
    strftime(months.first, '%Y-%m') as month,
    counted.department,
    counted.employment_type,
    counted.sex,
    sum(counted.members) as members,
    sum(counted.staff) as staff,
    sum(counted.enrolled) as enrolled
from months
join counted
    on
        least(last_day(months.first), $today) >= counted.valid_from
        and least(last_day(months.first), $today) < counted.valid_to
group by all
order by all
