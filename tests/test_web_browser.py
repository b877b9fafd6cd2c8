"""The chat page as people meet it: in Chromium, with a mouse, a keyboard, a small phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

from scripts.screenshots import CHROMIUM, serving
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FALLS = "mum keeps falling what can help her"
SEVERAL = "carers groups in Newport"  # asks which Newport
DANGER = "i want to kill myself"
UNKNOWN = "who feeds the cat while I am away"
SMALLEST: ViewportSize = {"width": 320, "height": 256}  # also what 1280 by 1024 is at 400 % zoom


@pytest.fixture(scope="module")
def address(
    signposter: Signposter, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where a real server answers."""
    with serving(signposter, tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail("Install Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    return opened(context, address)


@pytest.fixture
def plain_page(chromium: Browser, address: str) -> Iterator[Page]:
    """The page in a browser without JavaScript."""
    with chromium.new_context(java_script_enabled=False) as context:
        yield opened(context, address)


def opened(context: BrowserContext, address: str) -> Page:
    """The page, with everything it tries to fetch elsewhere held back and complained of."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    strangers: list[str] = []

    def only_ours(route: Route) -> None:
        if route.request.url.startswith(address):
            return route.continue_()
        strangers.append(route.request.url)
        return route.fulfill(body="elsewhere")

    def refuse(problem: object) -> None:
        raise AssertionError(problem)

    page.route("**/*", only_ours)
    page.on("pageerror", refuse)
    page.goto(address)
    assert not strangers
    return page


def box(page: Page) -> Locator:
    return page.get_by_label("What is going on?")


def ask(page: Page, question: str, replies: int = 1) -> None:
    box(page).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#log > .exchange")).to_have_count(replies)


def violations(page: Page) -> str:
    """What axe finds wrong, in its own words; nothing when all is well."""
    found = Axe().run(page)
    return str(found.generate_report()) if found.violations_count else ""


# --- asking -----------------------------------------------------------------------------


def test_a_question_is_answered_on_the_same_page(page: Page, address: str) -> None:
    page.evaluate("window.untouched = true")
    ask(page, FALLS)

    log = page.get_by_role("log", name="Your questions and our answers")
    expect(log).to_contain_text(FALLS)
    assert 1 <= log.get_by_role("article").count() <= 3
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()
    assert page.url == address
    assert page.evaluate("window.untouched")


def test_each_reply_joins_the_log_once_and_whole(page: Page) -> None:
    """What a screen reader hears are the nodes that join the log: one for each reply."""
    page.evaluate(
        """() => {
            window.joined = [];
            new MutationObserver((changes) => {
                for (const change of changes)
                    for (const node of change.addedNodes) window.joined.push(node.innerText);
            }).observe(document.getElementById("log"), { childList: true, subtree: true });
        }"""
    )
    ask(page, FALLS)
    ask(page, "I need a break from caring", replies=2)

    joined = page.evaluate("window.joined")
    assert len(joined) == 2
    assert FALLS in joined[0]
    assert "Last seen" in joined[0]
    assert FALLS not in joined[1]


def test_the_log_is_there_before_it_has_anything_to_say(page: Page) -> None:
    log = page.get_by_role("log")
    expect(log).to_have_count(1)
    expect(log).to_be_empty()


def test_a_question_is_answered_without_javascript(plain_page: Page) -> None:
    box(plain_page).fill(FALLS)
    plain_page.get_by_role("button", name="Ask", exact=True).click()

    expect(plain_page).to_have_title("Where to turn - Signpost")
    expect(plain_page.get_by_role("log")).to_contain_text(FALLS)
    expect(plain_page.get_by_role("article").first).to_be_visible()
    expect(box(plain_page)).to_have_value("")


def test_a_choice_without_javascript(plain_page: Page) -> None:
    box(plain_page).fill(SEVERAL)
    plain_page.get_by_role("button", name="Ask", exact=True).click()
    plain_page.get_by_role("button", name="Newport, Wales").click()

    expect(plain_page.get_by_role("log")).to_contain_text("Newport, Wales")
    expect(plain_page.get_by_role("article").first).to_be_visible()
    expect(plain_page.get_by_label("Where?")).to_have_value("Newport, Wales")


def test_a_choice_is_answered_on_the_same_page(page: Page) -> None:
    ask(page, SEVERAL)
    page.get_by_role("button", name="Newport, Wales").click()

    expect(page.locator("#log > .exchange")).to_have_count(2)
    expect(page.locator("#log > .exchange").last).to_contain_text("You said")
    expect(page.get_by_label("Where?")).to_have_value("Newport, Wales")
    expect(box(page)).to_be_focused()


def test_a_place_alone_asks_the_last_question_there(page: Page) -> None:
    ask(page, "I need a break from caring")
    ask(page, "Leeds", replies=2)

    expect(page.get_by_label("Where?")).to_have_value("Leeds")
    expect(page.locator("#log > .exchange").last.get_by_role("article").first).to_be_visible()


def test_an_example_is_asked_when_pressed(page: Page) -> None:
    page.locator("#examples button").first.click()

    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.locator("#examples")).to_have_count(0)


def test_danger_is_on_the_screen_first(page: Page) -> None:
    ask(page, DANGER)

    urgent = page.locator(".urgent")
    expect(urgent).to_contain_text("Please read this first")
    expect(urgent).to_be_in_viewport()
    expect(urgent.get_by_role("link", name="999").first).to_have_attribute("href", "tel:999")


# --- did this help? ---------------------------------------------------------------------


def test_this_helped_is_thanked_in_place(page: Page, address: str) -> None:
    ask(page, FALLS)
    page.get_by_role("button", name="This helped").click()

    told = page.locator("#log").get_by_role("status")
    expect(told).to_have_text(wording.THANKS)
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    expect(page.get_by_text("Did this help?")).to_have_count(0)
    expect(page.locator("#log > .exchange")).to_have_count(1)
    expect(page.locator("#state")).to_be_empty()
    assert page.url == address


def test_why_it_did_not_help_is_asked_and_passed_on(page: Page) -> None:
    ask(page, FALLS)
    ask(page, UNKNOWN, replies=2)
    first = page.locator("#log > .exchange").first
    reason = first.get_by_role("button", name="It is out of date")
    expect(reason).to_be_hidden()
    first.get_by_text("This did not help").click()
    reason.click()

    expect(first.get_by_role("status")).to_have_text(f"{wording.THANKS} {wording.PASSED_ON}")
    expect(first.get_by_role("article").first).to_be_visible()
    expect(page.get_by_text("Did this help?")).to_have_count(1)  # the other one still asks


def test_what_happens_when_we_say_it_with_the_keyboard(page: Page) -> None:
    ask(page, FALLS)
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_text("This did not help")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#log").get_by_role("status")).to_be_focused()
    page.keyboard.press("Tab")  # and from there on to the next question
    expect(box(page)).to_be_focused()


def test_feedback_without_javascript(plain_page: Page) -> None:
    box(plain_page).fill(FALLS)
    plain_page.get_by_role("button", name="Ask", exact=True).click()
    plain_page.get_by_text("This did not help").click()
    plain_page.get_by_role("button", name="It is hard to read").click()

    expect(plain_page).to_have_title("Thank you - Signpost")
    told = plain_page.get_by_text(f"{wording.THANKS} {wording.PASSED_ON}")
    expect(told).to_be_in_viewport()
    expect(plain_page.get_by_role("article").first).to_be_attached()
    expect(box(plain_page)).to_be_visible()
    assert plain_page.url.endswith("/feedback#told")


def test_feedback_in_a_browser_that_does_not_say_which_button(page: Page) -> None:
    page.evaluate("Object.defineProperty(SubmitEvent.prototype, 'submitter', {value: undefined})")
    ask(page, FALLS)
    page.get_by_role("button", name="This helped").click()

    expect(page).to_have_title("Thank you - Signpost")
    expect(page.get_by_text(wording.THANKS, exact=True)).to_be_in_viewport()


def test_feedback_can_be_tried_again(page: Page, context: BrowserContext) -> None:
    ask(page, FALLS)
    page.get_by_text("This did not help").click()
    context.set_offline(True)
    page.get_by_role("button", name="It is for the wrong place").click()
    expect(page.get_by_role("alert")).to_contain_text("We could not reach Signpost.")
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#log").get_by_role("status")).to_contain_text(wording.PASSED_ON)


def test_danger_in_what_comes_back_is_shown_again(page: Page) -> None:
    ask(page, FALLS)
    page.evaluate("words => document.querySelector('[value^=mum]').value = words", DANGER)
    page.get_by_role("button", name="This helped").click()

    urgent = page.locator(".urgent")
    expect(urgent).to_contain_text("Please read this first")
    expect(urgent).to_be_in_viewport()


def test_a_question_we_cannot_answer_is_said_to_be_passed_on(page: Page) -> None:
    ask(page, UNKNOWN)

    expect(page.get_by_role("log")).to_contain_text(wording.PASSED_ON)


# --- a service that is missing ----------------------------------------------------------


@pytest.mark.parametrize("with_script", [True, False])
def test_a_service_is_suggested(chromium: Browser, address: str, with_script: bool) -> None:
    with chromium.new_context(java_script_enabled=with_script) as context:
        page = opened(context, address)
        page.get_by_role("link", name="Suggest a service").click()
        page.get_by_label("What does it do").fill("Tea and talk.\nEvery Tuesday.")
        page.get_by_label("Its email").fill("not an address")
        page.get_by_role("button", name="Send").click()

        name = page.get_by_label("What is it called?")
        expect(page).to_have_title("Sorry - Signpost")
        expect(name).to_be_focused()
        expect(name).to_have_accessible_description("Please tell us what it is called.")
        expect(page.get_by_label("What does it do")).to_have_value("Tea and talk.\nEvery Tuesday.")
        expect(page.get_by_label("Its email")).to_have_value("not an address")
        name.fill("Carers Together")
        page.keyboard.press("Enter")

        expect(page.get_by_role("status")).to_have_text(f"{wording.THANKS} {wording.PASSED_ON}")
        page.get_by_role("link", name="Ask a question").click()
        expect(box(page)).to_be_visible()


def test_a_service_can_be_suggested_where_we_do_not_know(page: Page) -> None:
    ask(page, UNKNOWN)
    page.get_by_role("link", name="Tell us about it").click()

    expect(page).to_have_title("Suggest a service - Signpost")


# --- with the keyboard ------------------------------------------------------------------


def test_enter_asks_and_shift_enter_makes_a_new_line(page: Page) -> None:
    box(page).focus()
    page.keyboard.type("mum keeps falling")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("i cant lift her")
    expect(box(page)).to_have_value("mum keeps falling\ni cant lift her")
    page.keyboard.press("Enter")

    expect(page.get_by_role("article").first).to_be_visible()
    page.keyboard.type("dementia")  # the focus is back: no click needed
    expect(box(page)).to_have_value("dementia")


def test_everything_can_be_reached_with_the_tab_key(page: Page) -> None:
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.innerText || document.activeElement.name")
        )
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle === 'solid'"), (
            f"no focus to be seen on {reached[-1]}"
        )

    assert [words.split("?")[0] for words in reached[:5]] == [
        "In danger now", "Leave this page", "question", "area", "Ask"
    ]  # fmt: skip


def test_a_choice_can_be_made_with_the_keyboard(page: Page) -> None:
    ask(page, SEVERAL)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#log > .exchange")).to_have_count(2)
    expect(box(page)).to_be_focused()


def test_what_has_the_focus_is_not_under_the_bar(page: Page) -> None:
    page.set_viewport_size(SMALLEST)
    ask(page, FALLS)
    bar = page.locator(".bar").bounding_box()
    assert bar
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.closest('.bar') !== null"):
            break
        page.wait_for_timeout(400)  # for the scrolling to end
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert top >= bar["height"] - 1, page.evaluate("document.activeElement.innerText")


def test_a_tap_does_not_bring_up_the_keyboard_again(chromium: Browser, address: str) -> None:
    """On a phone the keyboard comes with the focus, and would cover half of the reply."""
    with chromium.new_context(has_touch=True, is_mobile=True) as context:
        page = opened(context, address)
        box(page).fill(FALLS)
        page.get_by_role("button", name="Ask", exact=True).tap()

        expect(page.get_by_role("article").first).to_be_visible()
        expect(box(page)).not_to_be_focused()


# --- when it goes wrong -----------------------------------------------------------------


def test_a_lost_network_loses_nothing(page: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    box(page).fill(FALLS)
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("We could not reach Signpost.")
    expect(box(page)).to_have_value(FALLS)
    expect(page.locator("#log > .exchange")).to_have_count(0)
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()


def test_a_choice_can_be_tried_again(page: Page, context: BrowserContext) -> None:
    ask(page, SEVERAL)
    context.set_offline(True)
    page.get_by_role("button", name="Newport, Wales").click()
    expect(page.get_by_role("alert")).to_contain_text("We could not reach Signpost.")
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#log > .exchange")).to_have_count(2)
    expect(page.get_by_label("Where?")).to_have_value("Newport, Wales")


def test_an_empty_question_is_asked_for_again(page: Page) -> None:
    box(page).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Please write what is going on")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(box(page)).to_be_focused()


def test_too_long_a_question_is_told_and_not_lost(page: Page) -> None:
    flood = "mum fell " * 12_000
    box(page).fill(flood)
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("That is too long for us to read.")
    expect(box(page)).to_have_value(flood)


def test_a_slow_answer_is_waited_for_and_asked_for_once(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    box(page).fill(FALLS)
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Looking…")
    held[0].continue_()

    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.locator("#log > .exchange")).to_have_count(1)
    assert len(held) == 1


def test_markup_in_a_question_stays_text(page: Page) -> None:
    nasty = "<img src=x onerror=\"document.title='caught'\"> mum fell"
    ask(page, nasty)

    expect(page.get_by_role("log")).to_contain_text(nasty)
    assert page.locator("#log img").count() == 0
    assert page.title() != "caught"


# --- leaving ----------------------------------------------------------------------------


def test_leaving_leaves_no_way_back(page: Page, address: str) -> None:
    ask(page, DANGER)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave this page").click()

    page.wait_for_url("https://www.bbc.co.uk/weather")
    assert page.evaluate("history.length") == before
    page.go_back()
    assert not page.url.startswith(address)


@pytest.mark.parametrize("path", ["suggest", "privacy", "nothing-here"])
def test_leaving_any_page_leaves_no_way_back(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave this page").click()

    page.wait_for_url("https://www.bbc.co.uk/weather")
    assert page.evaluate("history.length") == before


def test_the_way_out_is_always_on_the_screen(page: Page) -> None:
    page.set_viewport_size(SMALLEST)
    ask(page, DANGER)
    page.mouse.wheel(0, 5_000)

    for name in ("Leave this page", "In danger now?"):
        expect(page.get_by_role("link", name=name)).to_be_in_viewport()


def test_leaving_works_without_javascript(plain_page: Page) -> None:
    plain_page.get_by_role("link", name="Leave this page").click()

    plain_page.wait_for_url("https://www.bbc.co.uk/weather")


def test_nothing_is_stored_in_the_browser(page: Page, context: BrowserContext) -> None:
    ask(page, FALLS)

    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


# --- small, large, dark -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["suggest", "privacy"])
def test_no_other_page_needs_sideways_scrolling(page: Page, address: str, path: str) -> None:
    page.set_viewport_size(SMALLEST)
    page.goto(f"{address}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST["width"]


@pytest.mark.parametrize("question", [FALLS, SEVERAL, DANGER, "x" * 2_000])
def test_the_smallest_screen_needs_no_sideways_scrolling(page: Page, question: str) -> None:
    page.set_viewport_size(SMALLEST)
    ask(page, question)
    for why_not in page.get_by_text("This did not help").all():
        why_not.click()

    assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST["width"]


def test_text_of_twice_the_size_still_fits(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    ask(page, FALLS)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_text_is_large_and_buttons_are_wide_enough(page: Page, address: str) -> None:
    ask(page, SEVERAL)
    ask(page, UNKNOWN, replies=2)
    page.get_by_text("This did not help").click()
    assert_easy_to_press(page)
    page.goto(f"{address}suggest")
    assert_easy_to_press(page)
    page.goto(f"{address}privacy")
    assert_easy_to_press(page)


def assert_easy_to_press(page: Page) -> None:
    sizes = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.innerText)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16
    targets = "button:visible, .button, .bar a, input:visible, textarea, summary"
    for target in page.locator(targets).all():
        place = target.bounding_box()
        assert place and place["height"] >= 44, target
        assert place["width"] >= 44, target


def test_ways_to_get_in_touch_are_large_enough_to_press(page: Page) -> None:
    ask(page, FALLS)

    for way in page.locator(".ways a").all():
        place = way.bounding_box()
        assert place and place["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, address: str, scheme: str) -> None:
    # Nothing may be in motion while colours are measured.
    with chromium.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        viewport={"width": 390, "height": 844},
    ) as context:
        page = opened(context, address)
        assert not violations(page), "the first page"
        ask(page, FALLS)
        assert not violations(page), "an answer"
        page.get_by_text("This did not help").click()
        assert not violations(page), "why it did not help"
        page.get_by_role("button", name="It is hard to read").click()
        expect(page.locator("#log").get_by_role("status")).to_be_focused()
        assert not violations(page), "thanks"
        ask(page, SEVERAL, replies=2)
        assert not violations(page), "a choice offered"
        page.get_by_role("button", name="Newport, Wales").click()
        expect(page.locator("#log > .exchange")).to_have_count(3)
        assert not violations(page), "a choice made"
        ask(page, DANGER, replies=4)
        assert not violations(page), "danger"
        context.set_offline(True)
        box(page).fill(FALLS)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        assert not violations(page), "no network"
        context.set_offline(False)
        for path in ("nothing-here", "privacy", "suggest"):
            page.goto(f"{address}{path}")
            assert not violations(page), path
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Please tell us what it is called.")).to_be_visible()
        assert not violations(page), "a suggestion without a name"
        page.get_by_label("What is it called?").fill("Carers Together")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("status")).to_be_visible()
        assert not violations(page), "thanks for a suggestion"


def test_axe_finds_nothing_without_javascript_or_at_400_percent(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context(viewport=SMALLEST, reduced_motion="reduce") as context:
        page = opened(context, address)
        # The page as the server makes it: the form posted by the browser, not by our script.
        box(page).fill(FALLS)
        page.evaluate("document.getElementById('ask').submit()")  # past our listener
        expect(page).to_have_title("Where to turn - Signpost")
        assert not violations(page)
        page.evaluate("document.querySelector('.feedback form').submit()")  # no button pressed
        expect(page.get_by_text("Please choose what was wrong.")).to_be_in_viewport()
        assert not violations(page)


def test_on_paper_only_the_answer_is_left(page: Page) -> None:
    ask(page, FALLS)
    page.emulate_media(media="print")

    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".feedback")).to_be_hidden()
    expect(box(page)).to_be_hidden()
