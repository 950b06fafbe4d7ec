-- Who was asked to an activity and who came, by kind of people; an activity as a whole where nothing
-- is told of its people.
-- Grain: one activity held for one kind of people
-- People: none
-- Title: 活动参与 | turnout
-- Role: officer
-- Column: held_on | 日期 | date | date
-- Column: name | 活动 | activity | text
-- Column: activity_kind | 类别 | kind | label:activity_kind
-- Column: department | 部门 | department | label
-- Column: employment_type | 用工类型 | employment | label:employment
-- Column: sex | 性别 | sex | label:sex
-- Column: invited | 应到 | invited | people
-- Column: attended | 实到 | attended | people
-- Column: on_leave | 请假 | on_leave | people
select
    held_on,
    name,
    activity_kind,
    department,
    employment_type,
    sex,
    invited,
    attended,
    on_leave
from turnout
order by all
