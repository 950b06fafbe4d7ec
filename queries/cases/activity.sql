-- What took place, by its line in the register, or the first line of its sign-in sheet.
-- Grain: one activity held
-- People: none
-- Shows: activities
-- Key: activity_id
-- Column: held_on | 日期 | Date | date
-- Column: name | 活动 | Activity | text
-- Column: activity_kind | 类别 | Kind | label:activity_kind
-- Column: audience_text | 对象 | For whom | text
select
    held.activity_id as case_key,
    line.register,
    line.row_key,
    null::date as as_of,
    held.held_on,
    held.name,
    held.activity_kind,
    held.audience_text
from activities_held as held
join activity_lines as line using (activity_id)
where held.held_on <= $as_of
