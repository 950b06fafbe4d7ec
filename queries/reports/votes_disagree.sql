-- Motions whose result as written is not what the rule in force makes of their votes, the latest
-- first. The rule is the way the school counts 议案通过率 (setting); half or more of all delegates
-- where it chose none. What a motion needs is the least number of votes that adopts it.
-- Grain: one motion put to the vote
-- People: none
-- Needs: votes
-- Case: vote
-- Wall: session, motion
-- Column: held_on | 日期 | Date | date
-- Column: session | 届次 | Session | text
-- Column: motion | 议题 | Motion | text
-- Column: due | 应到 | Delegates | people
-- Column: present | 实到 | Present | people
-- Column: in_favour | 赞成 | In favour | count
-- Column: needed | 需赞成票 | Votes needed | count
-- Column: result | 登记结果 | Result as written | label:vote_result
-- Column: by_rule | 按规则 | By the rule | label:vote_result
with chosen as (
    select coalesce(max(json_extract_string(value, '$.adoption_rate')), 'all_half') as rule
    from settings
    where section = 'variants'
),

judged as (
    select
        facts.*,
        case
            when chosen.rule = 'all_more' then facts.adopted_all_more
            when chosen.rule = 'present_half' then facts.adopted_present_half
            when chosen.rule = 'present_more' then facts.adopted_present_more
            else facts.adopted_all_half
        end as is_adopted,
        case when chosen.rule like 'present%' then facts.present else facts.due end as base,
        chosen.rule like '%more' as takes_more
    from vote_facts as facts
    cross join chosen
)

select
    row_key,
    held_on,
    session,
    motion,
    due,
    present,
    in_favour,
    case when takes_more then base // 2 + 1 else (base + 1) // 2 end as needed,
    result,
    case when is_adopted then 'adopted' else 'not_adopted' end as by_rule
from judged
where
    held_on between $start and $as_of
    and ($session is null or session = $session)
    and is_adopted is not null
    and (result = 'adopted') <> is_adopted
order by
    held_on desc,
    row_key
