let historySeconds = 180;
const refreshMillis = 1000;
const timeoutMillis = 5000;
const longestPauseMillis = 15000;
// The picture lags behind, so that what it shows at its right edge is complete
const lagSeconds = 1.3;
const frameMillis = 40;
const alertMillis = 7000;
const endedLanes = 3;

const byId = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const pools = new Map();
const charts = new Map();
const knownExits = new Map();
let pid;
let timer;
let pauseMillis = 0;
let received;
let colours;

// What people read

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

function time(millis) {
	if (millis === undefined || millis === null) {
		return "";
	}
	if (millis < 1) {
		return `${Math.round(millis * 1000)} µs`;
	}
	if (millis < 10) {
		return `${millis.toFixed(1)} ms`;
	}
	if (millis < 1000) {
		return `${Math.round(millis)} ms`;
	}
	const seconds = millis / 1000;
	if (seconds < 60) {
		return `${seconds < 10 ? seconds.toFixed(1) : Math.floor(seconds)} s`;
	}
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) {
		return `${minutes} min ${Math.floor(seconds % 60)} s`;
	}
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

function size(bytes) {
	const units = ["B", "KB", "MB", "GB", "TB"];
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${value < 10 && unit > 1 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

const reasons = {
	IDLE: "not needed",
	RESIZED: "pool made smaller",
	RETIRED_TASKS: "enough tasks",
	RETIRED_AGE: "old enough",
	RETIRED_MEMORY: "too much memory",
	RETIRED_HEAP: "kept too much heap",
	RETIRED_REQUEST: "retired by hand",
	CANCELLED: "task cancelled",
	TIMED_OUT: "task timed out",
	SHUTDOWN: "pool stopped",
};

const words = (constant) => constant.toLowerCase().replaceAll("_", " ");
const reasonOf = (exit) => reasons[exit.reason] ?? words(exit.reason);
const ago = (instant) => `${time(Math.max(0, Date.now() - Date.parse(instant)))} ago`;
const limit = (value, format) => (value ? format(value) : "no limit");

// Elements are changed only where they differ, so that focus and selection stay

function element(name, className, ...children) {
	const result = document.createElement(name);
	if (className) {
		result.className = className;
	}
	result.append(...children);
	return result;
}

function put(target, ...parts) {
	const key = parts.map((part) => part.outerHTML ?? part).join("\u0000");
	if (target.shown !== key) {
		target.shown = key;
		target.replaceChildren(...parts);
	}
}

function attribute(target, name, value) {
	if (target.getAttribute(name) !== value) {
		target.setAttribute(name, value);
	}
}

function bar(target, share, alarm) {
	target.firstElementChild.style.width = `${Math.min(100, Math.max(0, share * 100))}%`;
	target.classList.toggle("alarm", Boolean(alarm));
}

const small = (text) => element("small", "", text);
const badge = (text, kind) => element("span", `badge ${kind}`, text);

function rows(body, items, cells) {
	put(body, ...items.map((item) => element("tr", "", ...cells(item))));
}

const cell = (className, ...children) => element("td", className, ...children);

function parts(fragment) {
	const root = fragment.firstElementChild;
	const found = { root };
	for (const target of root.querySelectorAll("*")) {
		for (const name of Object.keys(target.dataset)) {
			found[name] = target;
		}
	}
	return found;
}

const copy = (template) => byId(template).content.cloneNode(true);

// Pictures

function readColours() {
	const style = getComputedStyle(document.documentElement);
	colours = {};
	for (const name of ["busy", "start", "fail", "line", "track", "soft"]) {
		colours[name] = style.getPropertyValue(`--${name}`).trim();
	}
}

function surface(canvas) {
	const scale = devicePixelRatio || 1;
	const width = Math.round(canvas.clientWidth * scale);
	const height = Math.round(canvas.clientHeight * scale);
	if (canvas.width !== width || canvas.height !== height) {
		canvas.width = width;
		canvas.height = height;
	}
	const context = canvas.getContext("2d");
	context.setTransform(scale, 0, 0, scale, 0, 0);
	context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
	return context;
}

/** Seconds since the present second of the latest answer began. */
function present() {
	const since = (performance.now() - received.at) / 1000;
	// Without news the picture stands
	return received.partMillis / 1000 + Math.min(since, 2.5);
}

function position(width, second, edge) {
	return width * (1 - (edge - second) / historySeconds);
}

function drawLane(canvas, lane) {
	const context = surface(canvas);
	const width = canvas.clientWidth;
	const height = canvas.clientHeight;
	const edge = present() - lagSeconds;
	const part = received.partMillis / 1000;
	const x = (second) => position(width, second, edge);
	const before = (millis) => (millis === undefined ? undefined : part - millis / 1000);
	const died = before(lane.endedMillisAgo) ?? Infinity;
	// One that never became ready was starting until its end
	const born = before(lane.startedMillisAgo) ?? (lane.launchedMillisAgo === undefined ? -Infinity : died);
	const launched = before(lane.launchedMillisAgo) ?? born;
	const from = Math.max(0, x(born));
	const to = Math.min(width, x(died));
	context.fillStyle = colours.line;
	context.fillRect(0, height - 1, width, 1);
	context.fillStyle = colours.start;
	context.fillRect(Math.max(0, x(launched)), height * 0.7, Math.max(0, Math.min(from, width) - Math.max(0, x(launched))), height * 0.3);
	context.fillStyle = colours.track;
	if (to > from) {
		context.beginPath();
		context.roundRect(from, 0, to - from, height, 4);
		context.fill();
	}
	context.fillStyle = colours.line;
	const lines = historySeconds === 60 ? 3 : historySeconds / 60;
	for (let line = 1; line < lines; line++) {
		context.fillRect(Math.round((width * line) / lines), 0, 1, height);
	}
	context.save();
	context.beginPath();
	context.roundRect(from, 0, Math.max(0, to - from), height, 4);
	context.clip();
	const last = lane.busyMillis.length - 1;
	context.fillStyle = colours.busy;
	lane.busyMillis.forEach((busy, i) => {
		if (busy > 0) {
			const second = i - last;
			const length = i === last ? Math.max(part, 0.001) : 1;
			const tall = Math.max(3, Math.min(1, busy / 1000 / length) * height);
			context.fillRect(x(second), height - tall, (width / historySeconds) * length + 0.6, tall);
		}
	});
	context.restore();
	context.fillStyle = colours.fail;
	lane.failed.forEach((failed, i) => {
		if (failed > 0) {
			context.fillRect(x(i - last) + 0.5, 0, Math.min(5, Math.max(2.5, width / historySeconds - 1)), height);
		}
	});
	if (lane.reason && to > 0 && to < width) {
		context.fillStyle = lane.lost ? colours.fail : colours.soft;
		context.fillRect(to - 1, 0, 2, height);
	}
}

function drawRate(canvas, activity) {
	const context = surface(canvas);
	const width = canvas.clientWidth;
	const height = canvas.clientHeight;
	const edge = present() - lagSeconds;
	const last = activity.finished.length - 1;
	const most = Math.max(1, ...activity.finished.slice(0, last));
	const column = width / historySeconds;
	activity.finished.forEach((count, i) => {
		if (count > 0 && i < last) {
			const left = position(width, i - last, edge);
			const tall = Math.max(2, (count / most) * height);
			context.fillStyle = colours.busy;
			context.fillRect(left, height - tall, column + 0.6, tall);
			if (activity.failed[i]) {
				const bad = Math.max(2, (activity.failed[i] / most) * height);
				context.fillStyle = colours.fail;
				context.fillRect(left, height - bad, column + 0.6, bad);
			}
		}
	});
	context.fillStyle = colours.line;
	context.fillRect(0, height - 1, width, 1);
}

function draw() {
	for (const [canvas, picture] of charts) {
		if (canvas.isConnected) {
			picture(canvas);
		} else {
			charts.delete(canvas);
		}
	}
}

let drawn = 0;

function frame(now) {
	if (received && now - drawn >= frameMillis && !still.matches && !document.hidden) {
		drawn = now;
		draw();
	}
	requestAnimationFrame(frame);
}

// Alerts

function alert(text, kind = "") {
	const shown = element("p", `alert ${kind}`, text);
	byId("alerts").append(shown);
	setTimeout(() => shown.remove(), alertMillis);
	while (byId("alerts").children.length > 4) {
		byId("alerts").firstElementChild.remove();
	}
}

function announceExits(pool) {
	const key = (exit) => `${exit.worker} ${exit.at}`;
	const known = knownExits.get(pool.name);
	const lost = pool.exits.filter((exit) => !exit.planned);
	if (known) {
		const fresh = lost.filter((exit) => !known.has(key(exit))).reverse();
		for (const exit of fresh.slice(-3)) {
			const task = exit.task ? ` while it ran ${exit.task}` : "";
			alert(`Pool ${pool.name} lost worker ${exit.worker}: ${reasonOf(exit)}${task}`);
		}
	}
	knownExits.set(pool.name, new Set(lost.map(key)));
}

// Pools

const states = [["BUSY", "busy"], ["IDLE", ""], ["STARTING", "wait"], ["RETIRING", "wait"]];

function showHead(view, pool) {
	put(view.name, pool.name);
	const badges = states
		.map(([state, kind]) => [pool.workers.filter((worker) => worker.state === state).length, state, kind])
		.filter(([count]) => count > 0)
		.map(([count, state, kind]) => badge(`${count} ${words(state)}`, kind));
	put(view.states, ...(badges.length ? badges : [badge("no workers", "")]));
	put(view.failure, pool.startFailure ? `Workers cannot start: ${pool.startFailure}` : "");
	view.failure.hidden = !pool.startFailure;
}

function showFigures(view, pool) {
	const busy = pool.workers.filter((worker) => worker.state === "BUSY").length;
	put(view.busy, `${busy} `, small(`of ${pool.maxSize}`));
	bar(view.busyBar, busy / pool.maxSize);
	const queue = pool.queue;
	const share = queue.capacity ? queue.tasks / queue.capacity : 0;
	put(view.queue, `${queue.tasks.toLocaleString("en")} `, small(queue.bytes ? size(queue.bytes) : queue.capacity ? `of ${queue.capacity.toLocaleString("en")}` : ""));
	bar(view.queueBar, Math.max(share, queue.maxBytes ? queue.bytes / queue.maxBytes : 0), share > 0.8);
	const finished = pool.activity.finished;
	const lately = finished.slice(-6, -1);
	const rate = lately.reduce((sum, count) => sum + count, 0) / lately.length;
	put(view.rate, rate === 0 ? "0" : rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString("en"));
	const total = finished.reduce((sum, count) => sum + count, 0);
	attribute(view.rateCanvas, "aria-label", `${plural(total, "task")} ended in the last ${historySeconds / 60} min`);
	charts.set(view.rateCanvas, (canvas) => drawRate(canvas, pool.activity));
	for (const [name, times] of [["executed", pool.tasks.executed], ["waited", pool.tasks.waited]]) {
		put(view[name], times ? time(times.p50Millis) : "–");
		put(view[`${name}Note`], times ? `95 % within ${time(times.p95Millis)}` : "none ran in a minute");
	}
	const failed = pool.tasks.failed;
	put(view.failed, `${failed} `, small(pool.tasks.finished ? `of ${pool.tasks.finished}` : ""));
	view.failed.classList.toggle("alarm", failed > 0);
	put(view.failedNote, pool.tasks.retried ? `${plural(pool.tasks.retried, "retry").replace("retrys", "retries")} so far` : "no retries");
}

function cpu(lane, vitals) {
	const before = lane.vitals;
	const at = Date.parse(vitals.at);
	if (!before || at > before.at) {
		lane.cpu = before ? (vitals.cpuMillis - before.cpuMillis) / (at - before.at) : undefined;
		lane.vitals = { at, cpuMillis: vitals.cpuMillis };
	}
	return lane.cpu;
}

function showVitals(lane, worker) {
	const vitals = worker?.vitals;
	lane.heapBar.hidden = !vitals?.heapMax;
	if (!vitals) {
		put(lane.heap, "");
		put(lane.more, worker ? "no heartbeat yet" : "");
		return;
	}
	const used = vitals.heapUsed;
	put(lane.heap, `Heap ${size(used)}${vitals.heapMax ? ` of ${size(vitals.heapMax)}` : ""}`);
	bar(lane.heapBar, used / vitals.heapMax, used / vitals.heapMax > 0.9);
	const share = cpu(lane, vitals);
	const more = [];
	if (vitals.residentBytes) {
		more.push(`RSS ${size(vitals.residentBytes)}`);
	}
	if (share !== undefined) {
		more.push(`CPU ${Math.round(share * 100)} %`);
	}
	put(lane.more, more.join(" · "));
}

function showWork(lane, pool, worker, exit) {
	const task = worker?.task;
	const timeout = pool.configuration?.taskTimeoutMillis;
	if (task) {
		const again = task.attempt > 1 ? ` (attempt ${task.attempt})` : "";
		put(lane.task, element("span", "", task.description + again));
		attribute(lane.task, "title", task.description);
		put(lane.elapsed, time(task.elapsedMillis));
	} else if (worker) {
		lane.task.removeAttribute("title");
		const text = { STARTING: `starting for ${time(worker.uptimeMillis)}`, RETIRING: "ending" }[worker.state] ?? "waits for a task";
		put(lane.task, element("span", "idle", text));
		put(lane.elapsed, "");
	} else {
		lane.task.removeAttribute("title");
		put(lane.task, element("span", "idle", exit?.task ? `was running ${exit.task}` : ""));
		put(lane.elapsed, exit ? ago(exit.at) : "");
	}
	lane.elapsed.classList.toggle("alarm", Boolean(task && timeout && task.elapsedMillis > 0.8 * timeout));
}

function showLane(lane, pool, worker, strip) {
	const id = worker?.id ?? strip.worker;
	const exit = worker ? undefined : pool.exits.find((candidate) => candidate.worker === id);
	put(lane.worker, `Worker ${id}`);
	lane.root.classList.toggle("ended", !worker);
	if (worker) {
		lane.state.className = `badge ${states.find(([state]) => state === worker.state)?.[1] ?? ""}`;
		put(lane.state, words(worker.state));
		const facts = [`pid ${worker.pid < 0 ? "–" : worker.pid}`, `up ${time(worker.uptimeMillis)}`];
		put(lane.process, facts.join(" · "), element("br"), worker.startupMillis === undefined ? ""
			: `${plural(worker.tasksDone, "task")} · ${worker.warm ? "warm" : "cold"} start ${time(worker.startupMillis)}`);
	} else {
		const planned = exit?.planned ?? true;
		lane.state.className = `badge ${planned ? "" : "bad"}`;
		put(lane.state, exit ? reasonOf(exit) : "ended");
		put(lane.process, exit ? `pid ${exit.pid} · lived ${time(exit.ageMillis)}` : "");
	}
	showWork(lane, pool, worker, exit);
	showVitals(lane, worker);
	if (strip) {
		strip.lost = exit ? !exit.planned : false;
		strip.launchedMillisAgo = worker?.uptimeMillis ?? (exit ? strip.endedMillisAgo + exit.ageMillis : undefined);
		const busy = strip.busyMillis.reduce((sum, millis) => sum + millis, 0) / (10 * strip.busyMillis.length);
		const failed = strip.failed.reduce((sum, count) => sum + count, 0);
		attribute(lane.strip, "aria-label", `Worker ${id}: busy for ${Math.round(busy)} % of the last ${historySeconds / 60} min, ${plural(failed, "failed task")}`
			+ (exit ? `, ended: ${reasonOf(exit)}` : ""));
		charts.set(lane.strip, (canvas) => drawLane(canvas, strip));
	} else {
		attribute(lane.strip, "aria-label", `Worker ${id}: nothing yet`);
		charts.set(lane.strip, (canvas) => drawLane(canvas, { busyMillis: [], failed: [], launchedMillisAgo: worker.uptimeMillis }));
	}
}

function showLanes(view, pool) {
	const strips = new Map(pool.activity.lanes.map((strip) => [strip.worker, strip]));
	const present = new Map(pool.workers.map((worker) => [worker.id, worker]));
	const ended = pool.activity.lanes
		.filter((strip) => !present.has(strip.worker) && strip.endedMillisAgo < historySeconds * 1000)
		.sort((a, b) => a.endedMillisAgo - b.endedMillisAgo)
		.slice(0, endedLanes);
	const ids = [...present.keys(), ...ended.map((strip) => strip.worker)].sort((a, b) => a - b);
	const list = view.lanes;
	for (const [id, lane] of view.workers) {
		if (!ids.includes(id)) {
			lane.root.remove();
			view.workers.delete(id);
		}
	}
	ids.forEach((id, i) => {
		let lane = view.workers.get(id);
		if (!lane) {
			lane = parts(copy("lane-template"));
			view.workers.set(id, lane);
		}
		if (list.children[i] !== lane.root) {
			list.insertBefore(lane.root, list.children[i] ?? null);
		}
		showLane(lane, pool, present.get(id), strips.get(id));
	});
	view.noWorkers.hidden = ids.length > 0;
	put(view.noWorkers, "No worker was needed yet. The first one starts with the first task.");
	view.axis.hidden = ids.length === 0;
	view.legend.hidden = ids.length === 0;
	const ticks = historySeconds === 60 ? [60, 40, 20] : Array.from({ length: historySeconds / 60 }, (ignored, i) => historySeconds - 60 * i);
	put(view.axis, ...[...ticks, 0].map((seconds) => element("span", "", tick(seconds))));
}

const tick = (seconds) => (seconds === 0 ? "now" : seconds % 60 ? `${seconds} s` : `${seconds / 60} min`);

const badOutcomes = new Set(["ERROR", "CRASHED", "TIMEOUT", "REJECTED", "SERIALIZATION"]);

// The pool kills what it has emptied: that signal tells nothing
const endOf = (exit) => (exit.planned ? "by the pool" : exit.signal ?? (exit.exitCode === undefined ? "–" : `code ${exit.exitCode}`));

function showTables(view, pool) {
	const lost = pool.exits.filter((exit) => !exit.planned).length;
	put(view.exitsCount, pool.exits.length ? `${pool.exits.length}${lost ? `, ${lost} lost` : ", all planned"}` : "none so far");
	if (view.exitsDetails.open) {
		rows(view.exits, pool.exits.slice(0, 6), (exit) => [
			cell("tight", ago(exit.at)),
			cell("tight", `${exit.worker}`, small(`pid ${exit.pid < 0 ? "–" : exit.pid}`)),
			cell("tight", badge(reasonOf(exit), exit.planned ? "" : "bad")),
			cell("tight", endOf(exit), small(`after ${time(exit.ageMillis)}`)),
			cell("", exit.task ?? "–", ...(exit.detail ? [small(exit.detail)] : [])),
		]);
	}
	view.exits.closest(".scroll").hidden = pool.exits.length === 0;
	const recent = pool.activity.recent;
	put(view.recentCount, recent.length ? "" : "none so far");
	if (view.recentDetails.open) {
		rows(view.recent, recent, (task) => [
			cell("tight", `${time(task.endedMillisAgo)} ago`),
			cell("", `${task.className}.${task.methodName}`, ...(task.attempts > 1 ? [small(`${task.attempts} attempts`)] : [])),
			cell("tight", badge(words(task.outcome), badOutcomes.has(task.outcome) ? "bad" : task.outcome === "SUCCESS" ? "good" : "wait")),
			cell("tight number", time(task.waitedMillis) || "–"),
			cell("tight number", time(task.executedMillis) || "–"),
			cell("tight number", task.worker ? `${task.worker}` : "–"),
		]);
	}
	view.recent.closest(".scroll").hidden = recent.length === 0;
	if (view.settingsDetails.open) {
		rows(view.settings, settings(pool), ([name, value]) => [Object.assign(element("th", "", name), { scope: "row" }), cell("", value)]);
	}
}

function settings(pool) {
	const set = pool.configuration;
	const sizes = [["core-size, max-size", `${pool.coreSize}, ${pool.maxSize}`]];
	if (!set) {
		return sizes;
	}
	const launch = set.worker;
	const variables = Object.entries(launch.environment).map(([name, value]) => `${name}=${value}`);
	return [...sizes,
		["queue-capacity, queue-bytes", `${set.queueCapacity.toLocaleString("en")}, ${size(set.queueBytes)}`],
		["queue-timeout, task-timeout", `${limit(set.queueTimeoutMillis, time)}, ${limit(set.taskTimeoutMillis, time)}`],
		["keep-alive, cancel-grace", `${time(set.keepAliveMillis)}, ${time(set.cancelGraceMillis)}`],
		["startup-timeout, shutdown-timeout", `${limit(set.startupTimeoutMillis, time)}, ${limit(set.shutdownTimeoutMillis, time)}`],
		["max-tasks-per-worker", limit(set.maxTasksPerWorker, String)],
		["max-lifetime, max-memory", `${limit(set.maxLifetimeMillis, time)}, ${limit(set.maxMemory, size)}`],
		["max-retained-heap", limit(set.maxRetainedHeap, size)],
		["max-payload-size", size(set.maxPayloadSize)],
		["serialization.codec", set.codec],
		["worker.context", launch.context],
		["worker.max-heap", size(launch.maxHeap)],
		["worker.jvm-args", launch.jvmArgs.join(" ") || "none"],
		["worker.environment", variables.join(" ") || "none"],
		["worker.command-prefix", launch.commandPrefix.join(" ") || "none"],
		["worker.warm-start", String(launch.warmStart)],
		["worker.heartbeat-timeout", limit(launch.heartbeatTimeoutMillis, time)],
	];
}

function newPool(pool) {
	const fragment = copy("pool-template");
	for (const caption of fragment.querySelectorAll("[data-caption]")) {
		caption.textContent = pool.name;
	}
	const view = parts(fragment);
	view.workers = new Map();
	for (const details of view.root.querySelectorAll("details")) {
		details.addEventListener("toggle", () => received && showTables(view, received.pools.get(pool.name)));
	}
	return view;
}

function show(answer) {
	received = { at: performance.now(), partMillis: answer.pools[0]?.activity.partMillis ?? 0, pools: new Map(answer.pools.map((pool) => [pool.name, pool])) };
	if (pid !== undefined && pid !== answer.pid) {
		alert(`The application was restarted, its pid is ${answer.pid}`, "good");
		knownExits.clear();
	}
	pid = answer.pid;
	const workers = answer.pools.reduce((sum, pool) => sum + pool.workers.length, 0);
	put(byId("summary"), `${plural(answer.pools.length, "pool")} · ${plural(workers, "worker")} · application pid ${pid}`);
	for (const [name, view] of pools) {
		if (!received.pools.has(name)) {
			view.root.remove();
			pools.delete(name);
		}
	}
	for (const pool of answer.pools) {
		let view = pools.get(pool.name);
		if (!view) {
			view = newPool(pool);
			pools.set(pool.name, view);
			byId("pools").append(view.root);
		}
		showHead(view, pool);
		showFigures(view, pool);
		showLanes(view, pool);
		showTables(view, pool);
		announceExits(pool);
	}
	draw();
}

// The connection

function link(state, text) {
	attribute(byId("link"), "data-state", state);
	put(byId("link-text"), text);
	document.body.classList.toggle("lost", state === "lost");
}

async function fetchPools() {
	const response = await fetch(`${location.pathname}?history=${historySeconds}`, {
		headers: { Accept: "application/json" },
		cache: "no-store",
		signal: AbortSignal.timeout(timeoutMillis),
	});
	if (response.status === 401 || response.status === 403 || response.redirected) {
		throw new Error("not signed in");
	}
	if (!response.ok) {
		throw new Error(`status ${response.status}`);
	}
	return response.json();
}

async function refresh() {
	clearTimeout(timer);
	let wait = refreshMillis;
	try {
		const begun = performance.now();
		show(await fetchPools());
		if (pauseMillis > 0) {
			alert("Connected again", "good");
		}
		pauseMillis = 0;
		link("live", "Live");
		wait = Math.max(200, refreshMillis - (performance.now() - begun));
	} catch (error) {
		if (pauseMillis === 0 && received) {
			alert("The application does not answer");
		}
		pauseMillis = Math.min(longestPauseMillis, Math.max(refreshMillis, pauseMillis * 2));
		wait = pauseMillis;
		const reason = error.message === "not signed in" ? " (not signed in)" : "";
		link("lost", `Disconnected${reason}, next attempt in ${time(wait)}`);
	}
	if (!document.hidden) {
		timer = setTimeout(refresh, wait);
	}
}

document.addEventListener("visibilitychange", () => {
	clearTimeout(timer);
	if (!document.hidden) {
		refresh();
	}
});
dark.addEventListener("change", () => {
	readColours();
	if (received) {
		draw();
	}
});
addEventListener("resize", () => received && draw());
for (const button of document.querySelectorAll("[data-seconds]")) {
	button.addEventListener("click", () => {
		historySeconds = Number(button.dataset.seconds);
		for (const each of document.querySelectorAll("[data-seconds]")) {
			attribute(each, "aria-pressed", String(each === button));
		}
		refresh();
	});
}

readColours();
refresh();
requestAnimationFrame(frame);
