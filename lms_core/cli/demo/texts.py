"""What the demonstration says: names, places and a short course, written for it in both languages."""

from lms_core.foundation.text import Titles

ORGANISATIONS = (
    ("seoul", "city", Titles("서울특별시", "City of Seoul")),
    ("hanbit-cloud", "company", Titles("한빛클라우드", "Hanbit Cloud")),
    ("seongbuk-university", "university", Titles("성북대학교", "Seongbuk University")),
    ("ai-alliance", "association", Titles("AI 인재 얼라이언스", "AI Talent Alliance")),
)
CAMPUSES = (
    ("mapo", "hanbit-cloud", Titles("마포 캠퍼스", "Mapo campus"), "마포구", "서울특별시 마포구 마포대로 122"),
    ("seongbuk", "", Titles("성북 캠퍼스", "Seongbuk campus"), "성북구", "서울특별시 성북구 화랑로 211"),
)
DEPARTMENTS = (
    ("mapo", "ai-engineering", Titles("AI 엔지니어링 학과", "AI engineering")),
    ("mapo", "cloud", Titles("클라우드 학과", "Cloud")),
    ("seongbuk", "bio-data", Titles("바이오 데이터 학과", "Bio data")),
)
# role, name, address, where
PEOPLE = (
    ("administrator", "관리자 한별", "admin@example.org", "site"),
    ("trainee", "김하늘", "trainee@example.org"),
    ("trainee", "박서준", "seojun@example.org"),
    ("trainee", "Emma Lee", "emma@example.org"),
    ("trainee", "이도윤", "doyun@example.org"),
    ("trainee", "최지우", "jiwoo@example.org"),
    ("instructor", "정은채", "instructor@example.org", "mapo"),
    ("instructor", "오세훈", "reviewer@example.org", "mapo"),
    ("campus_operator", "윤가람", "operator@example.org", "mapo"),
    ("campus_operator", "서다온", "operator.seongbuk@example.org", "seongbuk"),
    ("partner_manager", "임도현", "partner@example.org", "hanbit-cloud", "mapo"),
    ("university_coordinator", "한유진", "university@example.org", "seongbuk-university"),
    ("city_official", "조민서", "city@example.org", "site"),
)
MEMBERS = (
    ("instructor@example.org", "instructor", "mapo"),
    ("reviewer@example.org", "instructor", "mapo"),
    ("operator@example.org", "operator", "mapo"),
    ("operator.seongbuk@example.org", "operator", "seongbuk"),
    ("partner@example.org", "partner_manager", "hanbit-cloud"),
    ("university@example.org", "coordinator", "seongbuk-university"),
    ("city@example.org", "official", "seoul"),
)
ENROLLED = ("trainee@example.org", "seojun@example.org", "emma@example.org")
APPLYING = ("doyun@example.org", "jiwoo@example.org")
OVERRIDE = "체험용 자료: 이미 시작한 기수"
MOTIVATION = "클라우드와 AI를 배워 공공 서비스를 만드는 일을 하고 싶습니다."
COHORT = Titles("3기", "Cohort 3")
NEXT_COHORT = Titles("4기", "Cohort 4")
COURSE = Titles("클라우드와 AI 첫걸음", "First steps in cloud and AI")
COURSE_SUMMARY = Titles(
    "클라우드와 인공지능의 기본을 익히고 기초 자격시험을 준비합니다.",
    "Learn the basics of cloud and AI, and prepare for a foundational certification.",
)

_CLOUD_KO = """클라우드는 필요한 만큼 빌려 쓰는 컴퓨터입니다. 서버를 사서 설치하는 대신, 화면에서 고르거나 코드 한 줄로 요청합니다.

| 방식 | 우리가 맡는 일 | 예 |
|---|---|---|
| IaaS | 운영체제부터 애플리케이션까지 | 가상 머신 |
| PaaS | 애플리케이션과 데이터 | 웹 앱, 관리형 데이터베이스 |
| SaaS | 설정과 데이터 | 메일, 문서 도구 |

**생각해 보기.** 구청 민원 예약 시스템을 새로 만든다면 어느 방식이 알맞을까요? 방문자가 몰리는 날과 한산한 날의 차이를 함께 생각해 보세요.
"""
_CLOUD_EN = """Cloud means computers that you rent as you need them. Instead of buying servers, you ask for them on a page, or with a line of code.

| Model | What we look after | Example |
|---|---|---|
| IaaS | from the operating system up | virtual machines |
| PaaS | application and data | web apps, managed databases |
| SaaS | settings and data | mail, documents |

**Think about it.** Which model fits a new booking system of a district office? Consider busy days and quiet ones.
"""
_COST_KO = """클라우드 요금은 쓴 시간과 양에 따라 달라집니다. 다음 세 가지를 먼저 확인하세요.

1. 지금 켜져 있는 자원은 무엇인가
2. 예산 알림이 설정되어 있는가
3. 쓰지 않는 밤과 주말에도 켜 둘 까닭이 있는가

```bash
# 태그가 없는 자원을 찾아 주인을 정합니다
list-resources --without-tag owner
```
"""
_COST_EN = """What you pay depends on time and amount. Look at three things first.

1. What is running now?
2. Is there a budget alert?
3. Is there a reason to keep it on at night and at weekends?

```bash
# find resources without an owner, and give them one
list-resources --without-tag owner
```
"""
_AI_KO = """생성형 AI는 많은 글과 그림에서 배운 규칙으로 새로운 글과 그림을 만듭니다. 사실을 저장해 두었다가 꺼내는 것이 아니므로, 그럴듯하지만 틀린 답을 내놓을 수 있습니다.

- 근거가 필요한 답은 **출처를 함께** 요청합니다.
- 개인정보와 내부 자료는 허락된 도구에만 넣습니다.
- 결과는 사람이 확인하고, 확인한 사람이 책임집니다.
"""
_AI_EN = """Generative AI makes new text and pictures from patterns it has learned. It does not look facts up, so it may answer plausibly and be wrong.

- Where an answer needs grounds, ask **for the source** as well.
- Personal and internal data go into approved tools only.
- A person checks the result, and whoever checks it answers for it.
"""
_PROMPT_KO = """좋은 요청에는 **역할, 목적, 자료, 형식**이 들어 있습니다. 아래 요청을 고쳐 보세요.

> 행사 안내문 써 줘.

예를 들면 이렇게 바꿀 수 있습니다.

> 너는 구립 도서관의 사서야. 중학생과 보호자에게 보낼 여름 코딩 교실 안내문을 써 줘. 날짜와 준비물은 아래 표에 있어. 세 문단, 존댓말, 마지막에 신청 방법을 적어 줘.
"""
_PROMPT_EN = """A good prompt holds **role, purpose, material and form**. Improve this one:

> Write an announcement.

For example:

> You are a librarian of a district library. Write an announcement of a summer coding class for pupils and parents. Dates and materials are in the table below. Three paragraphs, friendly, and how to sign up at the end.
"""
_EXAM_KO = """모의고사는 실력을 재는 자이면서 공부할 곳을 알려 주는 지도입니다.

1. 시간을 재고 처음부터 끝까지 풉니다.
2. 결과에서 **가장 약한 영역**을 먼저 봅니다.
3. 틀린 문항의 설명을 읽고, 왜 그 보기를 골랐는지 적습니다.
4. 며칠 뒤에 다른 문항으로 다시 확인합니다.

점수는 우리 기준의 추정치입니다. 실제 시험의 점수가 아닙니다.
"""
_EXAM_EN = """A mock exam is a ruler, and a map of what to learn next.

1. Sit it in one go, with the clock running.
2. Look at your **weakest domain** first.
3. Read the explanations of what you missed, and note why you chose as you did.
4. Check again with other questions a few days later.

The score is our own estimate. It is not the score of the real exam.
"""
MODULES = (
    (
        Titles("클라우드의 기본", "Cloud basics"),
        (
            (Titles("클라우드란 무엇인가", "What cloud is"), Titles(_CLOUD_KO, _CLOUD_EN), 20),
            (Titles("비용을 읽는 법", "Reading the bill"), Titles(_COST_KO, _COST_EN), 15),
        ),
    ),
    (
        Titles("생성형 AI 쓰기", "Using generative AI"),
        (
            (Titles("생성형 AI는 어떻게 답하는가", "How generative AI answers"), Titles(_AI_KO, _AI_EN), 20),
            (Titles("요청을 잘 쓰는 법", "Writing good prompts"), Titles(_PROMPT_KO, _PROMPT_EN), 25),
        ),
    ),
    (
        Titles("자격시험 준비", "Preparing for certification"),
        ((Titles("모의고사로 공부하는 법", "Learning with mock exams"), Titles(_EXAM_KO, _EXAM_EN), 10),),
    ),
)
