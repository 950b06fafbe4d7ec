-- Every motion put to the vote, with the delegates of its meeting and what came of it under each
-- rule schools go by: of all delegates (全体代表) or of those present (出席代表), half or more
-- (半数以上, exactly half included) or more than half (过半数). All in whole numbers. A rule whose
-- numbers are not there tells nothing: null, as where nobody is due or nobody came.
-- 应到 and 实到 often stand in one row of a meeting only: then they hold for its other rows. One
-- meeting is what shares day, session and name. 第七届第二次 and 七届二次 are one session.
-- Grain: one motion put to the vote
-- People: none
with told as (
    select
        row_key,
        regexp_replace(
            session,
            '^第?([一二三四五六七八九十0-9]+)[届屆]\s*第?([一二三四五六七八九十0-9]+)次.*$',
            '\1届\2次'
        ) as session,
        meeting,
        motion,
        method,
        result,
        nullif(due, 0) as due,
        present,
        observers,
        issued,
        returned,
        valid,
        void,
        in_favour,
        against,
        abstained,
        held_on
    from votes
),

counted as (
    select
        * replace (
            coalesce(due, max(due) over meeting_rows) as due,
            coalesce(present, max(present) over meeting_rows) as present
        ),
        due is not null
        and present is not null as tells_attendance
    from told
    window meeting_rows as (partition by held_on, session, meeting)
)

select
    *,
    in_favour * 2 >= due as adopted_all_half,
    in_favour * 2 > due as adopted_all_more,
    in_favour * 2 >= nullif(present, 0) as adopted_present_half,
    in_favour * 2 > nullif(present, 0) as adopted_present_more
from counted
