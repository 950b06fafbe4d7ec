-- The changes among the members up to the day, each by the row of the roster that tells it: of who
-- left, the row that says gone; else the row in which the person is, or last was, listed.
-- Grain: one change of one member
-- People: name
-- Key: move_id
-- Column: moved_on | 变动日期 | Date | date
-- Column: name | 姓名 | Name | text
-- Column: what | 变动 | Change | label:member_move
-- Column: from_department | 原部门 | From | text
-- Column: to_department | 现部门 | To | text
-- Column: employment_type | 用工类型 | Employment | label:employment
-- Column: reason | 说明 | Reason | label:move_reason
select
    move.move_id as case_key,
    move.told_by as register,
    move.told_key as row_key,
    move.told_from as as_of,
    move.moved_on,
    members.name,
    move.what,
    move.from_department,
    move.to_department,
    move.employment_type,
    move.reason
from member_moves as move
join members
    on
        members.row_key = move.row_key
        and members.as_of = move.listed_from
where move.moved_on <= $as_of
