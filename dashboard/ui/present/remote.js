// Turns the slides. Called anew whenever the server has drawn; what it knows is kept on its root.
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next", n: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", Escape: "leave",
  b: "black", B: "black", ".": "black", p: "pause", P: "pause", f: "full", F: "full", F5: "full",
};
const SLEEPY = 2500; // milliseconds without a movement, until pointer and bar are gone
const PLACES = 3;

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement;
  const stage = document.querySelector(".st-key-stage");
  const bar = root.querySelector(".bar");
  const black = root.querySelector(".black");
  const me = (root.remote ??= { at: data.slide, turns: data.turns, paused: false });

  // The server is followed once it knows of every turn; before, it speaks of what is past.
  if (data.turns === me.turns) me.at = data.slide;

  const section = (n) => stage.querySelector(`.slide[data-slide="${n}"]`);
  const isReady = (found) => found && (!("chart" in found.dataset)
    || found.closest("[class*=st-key-slot_]").querySelector(".js-plotly-plot .main-svg"));

  function show() {
    const found = section(me.at);
    if (isReady(found)) {
      me.shown = me.at;
      stage.dataset.shown = String(me.at % PLACES);
      stage.dataset.slide = String(me.at);
    } else if (me.shown && !section(me.shown)) {
      stage.dataset.shown = "none";
    }
  }

  function turn(to) {
    if (!black.hidden) { black.hidden = true; return; }
    const at = Math.min(Math.max(to, 1), data.count);
    if (at !== me.at) {
      me.at = at;
      me.turns += 1;
      setStateValue("turned", { slide: at, turns: me.turns });
      show();
    }
    wait();
  }

  function wait() {
    clearTimeout(me.clock);
    if (data.seconds && !me.paused && !document.hidden) {
      me.clock = setTimeout(() => turn(me.at < data.count ? me.at + 1 : 1), data.seconds * 1000);
    }
  }

  function full() {
    me.wanted = !document.fullscreenElement;
    const done = me.wanted ? document.documentElement.requestFullscreen?.() : document.exitFullscreen?.();
    done?.catch(() => {});
  }

  function leave() {
    me.wanted = false;
    clearTimeout(me.clock);
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    setTriggerValue("leave", true);
  }

  const does = {
    next: () => turn(me.at + 1),
    previous: () => turn(me.at - 1),
    first: () => turn(1),
    last: () => turn(data.count),
    black: () => { black.hidden = !black.hidden; },
    pause: () => { me.paused = !me.paused; label(); wait(); },
    names: () => setTriggerValue("names", true),
    full, leave,
  };

  function label() {
    for (const button of bar.children) {
      const named = button.dataset.does === "pause" && me.paused ? "resume" : button.dataset.does;
      button.textContent = data.words[named];
      button.hidden = !data.words[named] || (button.dataset.does === "pause" && !data.seconds);
    }
  }

  function wake() {
    bar.classList.add("awake");
    stage.style.cursor = "default";
    clearTimeout(me.sleep);
    me.sleep = setTimeout(() => {
      bar.classList.remove("awake");
      stage.style.cursor = "none";
    }, SLEEPY);
  }

  const isAsking = () => document.querySelector("[data-testid=stDialog]");
  const isOnButton = () => root.activeElement?.closest?.(".bar");

  function key(event) {
    const name = KEYS[event.key];
    if (!name || isAsking() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && isOnButton()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    does[name]();
  }

  function click(event) {
    if (event.composedPath().includes(bar) || isAsking()) return;
    const across = event.clientX / window.innerWidth;
    if (across < 1 / 3) does.previous();
    else if (across > 2 / 3) does.next();
  }

  // Escape is taken by the browser while it is full: then leaving the one leaves the other.
  function fullscreen() {
    if (!document.fullscreenElement && me.wanted !== false && document.hasFocus()) leave();
    me.wanted = undefined;
  }

  const heard = [
    [window, "keydown", key, true],
    [stage, "click", click, false],
    [stage, "mousemove", wake, false],
    [document, "fullscreenchange", fullscreen, false],
    [document, "visibilitychange", wait, false],
  ];
  bar.onclick = (event) => {
    const button = event.target.closest("button");
    if (button) { does[button.dataset.does](); button.blur(); }
  };
  for (const [where, what, how, early] of heard) where.addEventListener(what, how, early);
  const watcher = new MutationObserver(show);
  watcher.observe(stage, { childList: true, subtree: true });
  label();
  show();
  wait();
  return () => {
    for (const [where, what, how, early] of heard) where.removeEventListener(what, how, early);
    watcher.disconnect();
    clearTimeout(me.clock);
    clearTimeout(me.sleep);
  };
}
