"""Answers to choose, of libraries of questions that others publish, with their order.

Sources: scales as the libraries of Qualtrics, SurveyMonkey, QuestionPro and 问卷星 have
them; W. M. Vagias, "Likert-type scale response anchors" (Clemson, 2006); both questions
of the customer effort score (CEB, 2010 and 2013); N. Kano's answers; school marks.
Facts only.
"""

from odoo.tests import BaseCase, tagged

from ..tools.choice_points import get_choice_points

# From the worst to the best: as forms have them, this way or the other way round.
SCALES = (
    "Strongly disagree|Disagree|Neither agree nor disagree|Agree|Strongly agree",
    "Very difficult|Difficult|Neutral|Easy|Very easy",
    "Very poor|Poor|Fair|Good|Very good|Excellent",
    "Never|Rarely|Sometimes|Often|Always",
    "Not at all likely|Slightly likely|Moderately likely|Very likely|Extremely likely",
    "Much worse|Somewhat worse|About the same|Somewhat better|Much better",
    (
        "Far short of expectations|Short of expectations|Equals expectations|"
        "Exceeds expectations|Far exceeds expectations"
    ),
    "Well below expectations|Below|Met|Above|Well above expectations",
    "Much slower|Slower|Same|Faster|Much faster",
    "Very slow|Slow|Average|Fast|Very fast",
    "Terrible|Poor|Average|Good|Excellent",
    (
        "Extremely dissatisfied|Moderately dissatisfied|Slightly dissatisfied|"
        "Neither satisfied nor dissatisfied|Slightly satisfied|Moderately satisfied|"
        "Extremely satisfied"
    ),
    (
        "Not at all satisfied|Slightly satisfied|Moderately satisfied|Very satisfied|"
        "Completely satisfied"
    ),
    "Not at all|A little|Moderately|A lot|A great deal",
    "Very low|Low|Medium|High|Very high",
    "Very negative|Negative|Neutral|Positive|Very positive",
    (
        "Definitely will not|Probably will not|Might or might not|Probably will|"
        "Definitely will"
    ),
    "Very unprofessional|Unprofessional|Professional|Very professional",
    "Very unhelpful|Unhelpful|Helpful|Very helpful",
    "Very rude|Rude|Polite|Very polite",
    "Very unclear|Unclear|Clear|Very clear",
    "Very unfriendly|Unfriendly|Friendly|Very friendly",
    "Unacceptable|Acceptable|Good",
    "Too long|A bit long|About right",
    "Awful|OK|Great",
    "Hated it|Disliked it|OK|Liked it|Loved it",
    "Frustrating|Fine|Delightful",
    "Very inconvenient|Convenient",
    "No|Partly|Yes",
    "No, not at all|Somewhat|Yes, completely",
    "Not resolved|Partly resolved|Resolved",
    "F|D|C|B|A",
    "★|★★|★★★|★★★★|★★★★★",
    "1 star|2 stars|3 stars|4 stars|5 stars",
    "⭐|⭐⭐|⭐⭐⭐",
    "😡|🙁|😐|🙂|😀",
    "-2|-1|0|+1|+2",
    "−2|−1|0|1|2",
    "0%|25%|50%|75%|100%",
    "一星|二星|三星|四星|五星",
    "一分|二分|三分|四分|五分",
    "★☆☆☆☆|★★☆☆☆|★★★☆☆|★★★★☆|★★★★★",
    "非常不满意|不满意|一般|满意|非常满意",
    "很差|较差|一般|较好|很好",
    "非常困难|困难|一般|容易|非常容易",
    "完全反对|反对|中立|同意|完全同意",
    "从不|很少|有时|经常|总是",
    "很慢|较慢|一般|较快|很快",
    "很低|低|中|高|很高",
    "极不可能|不太可能|可能|很可能",
    "难以接受|可接受|满意",
    "失望|一般|惊喜",
    "非常失望|失望|一般|满意",
    "不推荐|可能推荐|推荐",
    "差评|中评|好评",
    "很费力|一般|很轻松",
    "不及格|及格|良好|优秀",
    "待改进|合格|良好|优秀",
    "比预期差|符合预期|超出预期",
    "太贵|偏贵|合理",
    "没有解决|部分解决|完全解决",
    "恶劣|一般|热情",
    "远低于预期|低于预期|符合预期|高于预期|远高于预期",
    "bad|not bad|good",
    "Needs improvement|Satisfactory|Good|Outstanding",
    "Below average|Average|Above average|Outstanding",
    "Late|On time|Early",
    "Strongly oppose|Oppose|Support|Strongly support",
    "Waste of time|OK|Worth it",
    "Worse than expected|As expected|Better than expected",
    "C|B|A",
    "丙|乙|甲",
    "差|中|良|优",
    "低|中|高",
    "不好|一般|好",
    "Extremely unlikely|Likely",
    "Insufficient|Sufficient|Good",
    "Inadequate|Adequate|Good",
    "Sehr unzufrieden|Unzufrieden|Zufrieden|Sehr zufrieden",
    "Très insatisfait|Insatisfait|Satisfait|Très satisfait",
    "有问题|没问题",
    "很脏|一般|很干净",
    "太差|一般|太好了",
    "有待改进|一般|好",
    "冷淡|一般|热情周到",
    "迟到|准时",
    "Could be better|Good|Excellent",
    (
        "I dislike it that way|I can live with it that way|I am neutral|"
        "It must be that way|I like it that way"
    ),
    (
        "Not at all important|Slightly important|Important|Very important|"
        "Extremely important"
    ),
    "Many problems|Some problems|No problems",
    "Problem not solved|Partly|Problem solved",
    "Great difficulty|Some difficulty|No difficulty",
    "Very high effort|High effort|Neutral|Low effort|Very low effort",
    "不满意|基本满意|满意|很满意",
    "Bad|Good|Very good|Excellent",
    "Very bad|Bad|Fair|Good",
    "Very dissatisfied|Dissatisfied|Somewhat satisfied",
    "不可能|可能|很可能",
    "Long wait|Short wait",
    "Definitely would not|Probably would not|Probably would|Definitely would",
    "Disagree|Undecided|Agree",
    "不同意|不确定|同意",
    "Unsatisfactory|Satisfactory|Very good|Excellent",
    "Does not meet expectations|Meets expectations|Exceeds expectations",
    "Didn't help|Helped",
    "Too expensive|Expensive|Fair|Good value",
    "服务态度差|服务态度一般|服务态度好",
    "1分|2分|3分",
    "不专业|一般|专业",
    "完全没有帮助|有一些帮助|非常有帮助",
    "Not helpful at all|A bit helpful|Very helpful",
    "D|C|B|A",
    "丁|丙|乙|甲",
    "Poor|Fair|Good|Very Good|Excellent",
    "1 (worst)|2|3 (best)",
)
# The last one is none, and no best one.
NO_ANSWERS = (
    "Don't know",
    "Don't know / N/A",
    "Not sure",
    "Prefer not to say",
    "Have not used",
    "不好说",
    "未使用",
    "无法评价",
)


@tagged("post_install", "-at_install")
class TestPublishedScales(BaseCase):
    def assertWorth(self, names, points):
        with self.subTest(names):
            found = [one for one, _counts in get_choice_points(names)]
            for one, expected in zip(found, points, strict=True):
                self.assertAlmostEqual(one, expected)

    def test_scales_in_both_directions(self):
        for scale in SCALES:
            names = scale.split("|")
            points = [100 * place / (len(names) - 1) for place in range(len(names))]
            self.assertWorth(names, points)
            self.assertWorth(names[::-1], points[::-1])

    def test_what_is_no_answer_is_worth_nothing(self):
        for name in NO_ANSWERS:
            with self.subTest(name):
                found = get_choice_points(["Very good", "Good", "Poor", name])
                self.assertEqual(found[0], (100, True))
                self.assertEqual(found[2:], [(0, True), (0, False)])

    def test_who_is_not_sure_is_in_the_middle(self):
        for names in ("Agree|Not sure|Disagree", "同意|不确定|不同意"):
            self.assertWorth(names.split("|"), [100, 50, 0])
