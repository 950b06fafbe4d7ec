-- Who joined, left, came back or changed department in the period, the latest first. The day is that
-- of the roster from which it is known, or the day the rosters themselves name.
-- Grain: one change of one member
-- People: name
-- Needs: members
-- Case: move
-- Column: moved_on | 变动日期 | Date | date
-- Column: what | 变动 | Change | label:member_move
-- Column: name | 姓名 | Name | text
-- Column: place | 部门 | Department | text
-- Column: reason | 说明 | Reason | label:move_reason
-- Column: employment_type | 用工类型 | Employment | label:employment
-- Column: joined_on | 入会日期 | Joined on | date
select
    move.move_id,
    move.moved_on,
    move.what,
    members.name,
    concat_ws(' → ', move.from_department, move.to_department) as place,
    coalesce(move.reason, '') as reason,
    move.employment_type,
    members.joined_on
from member_moves as move
join members
    on
        members.row_key = move.row_key
        and members.as_of = move.listed_from
where
    move.moved_on between $start and $as_of
    and ($department is null or $department in (move.from_department, move.to_department))
    and ($employment_type is null or move.employment_type = $employment_type)
    and ($sex is null or move.sex = $sex)
order by
    move.moved_on desc,
    move.what,
    move.to_department,
    move.from_department,
    members.name,
    move.move_id
