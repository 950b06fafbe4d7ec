-- Who joined, left, came back or changed department, without the name.
-- Grain: one change of one member on one day
-- People: none
-- Title: 会员变动 | member_moves
-- Role: officer
-- Column: moved_on | 变动日期 | date | date
-- Column: what | 变动 | change | label:member_move
-- Column: reason | 说明 | reason | label:move_reason
-- Column: from_department | 原部门 | from_department | label
-- Column: to_department | 新部门 | to_department | label
-- Column: employment_type | 用工类型 | employment | label:employment
-- Column: sex | 性别 | sex | label:sex
select
    moved_on,
    what,
    reason,
    from_department,
    to_department,
    employment_type,
    sex
from member_moves
order by all
