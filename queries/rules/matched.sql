-- The payments each rule looks at. Every query that judges reads its own rules' as `matched`.
-- The book is the union's: a payment that names no source is from its funds.
-- Grain: one payment one rule looks at
-- People: beneficiary
-- Shows: ledger
select
    rule.rule,
    rule.asked,
    rule.words,
    payments.*
from payments
join rule
    on
        payments.spent_on between rule.since and rule.until
        and (
            rule.words is null
            or regexp_matches(concat_ws(' ', payments.summary, payments.activity), rule.words)
        )
        and (
            rule.without is null
            or not regexp_matches(concat_ws(' ', payments.summary, payments.activity), rule.without)
        )
        and (
            rule.subjects is null
            or regexp_full_match(payments.subject, rule.subjects)
            or regexp_full_match(payments.level2, rule.subjects)
        )
        and (rule.kinds is null or regexp_full_match(payments.activity_kind, rule.kinds))
        and (
            rule.funds is null
            or regexp_matches(coalesce(payments.fund_source, '工会经费'), rule.funds)
        )
