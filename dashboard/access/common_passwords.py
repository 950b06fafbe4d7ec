"""The commonest passwords of ten characters and more, as people here and elsewhere choose them."""

COMMON = frozenset(
    """
    0123456789 1234567890 12345678910 123456789a 123456789q 1234567891 1234567899 12345678900
    123456789987 1234554321 1234512345 123456123456 1234561234 1122334455 112233445566 1231231234
    123123123123 123321123321 1357924680 1472583690 147258369a 0987654321 9876543210 a123456789
    a1234567890 aa123456789 abc123456789 abcd123456 abcde12345 abc1234567 abcdefghij abcdefghijk
    qwertyuiop qwerty12345 qwerty123456 qwertyuiop123 qwer123456 qwe1234567 1qaz2wsx3edc 1q2w3e4r5t
    1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 zxcvbnm123 asdfghjkl1 asdfghjkl; qazwsxedcr qazwsxedc123
    password12 password123 password1234 password123456 passw0rd123 p@ssw0rd123 p@ssword123
    admin12345 admin123456 administrator adminadmin welcome123 letmein123 iloveyou12 iloveyou123
    changeme123 football12 sunshine12 princess12
    woaini1314 woaini520520 woaini1234 woaini5201314 5201314520 520131452013 5201314woaini
    iloveyou1314 zhongguo123 gonghui123 gonghui1234 gonghui12345 gonghui123456 laoshi123456
    xuexiao123 xuexiao123456 jiaoshi123456 xiaoxue123456 beijing2008 shanghai2010 wang123456
    li123456789 zhang123456 student123 teacher123 teacher1234 teacher123456 school1234 school123456
    """.split()  # noqa: SIM905 - read by people
)
