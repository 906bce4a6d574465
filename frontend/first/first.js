// Asks for what the first view shows while the page's own script is on its way, and draws the first row of its pictures.
// The page takes the answers over (src/api/early.ts), and the row away once its own pictures are there.
(() => {
  const [SETTINGS, TIMELINE, NEWEST] = __CALLS__;
  const stored = (name) => JSON.parse(localStorage.getItem(name) ?? '{}').state ?? {};
  const isOf = (person) => (name) => {
    if (!/^CognitoIdentityServiceProvider\..*\.accessToken$/.test(name)) return false;
    const [, claims] = localStorage.getItem(name).split('.');
    const { sub, exp } = JSON.parse(atob(claims.replace(/-/g, '+').replace(/_/g, '/')));
    return sub === person.sub && exp * 1000 > Date.now() + 60_000;
  };
  const answers = {};
  const ask = (path, headers) => (answers[path] = fetch(path, { headers }));
  const draw = ({ images }) => {
    const screen = document.documentElement.clientWidth;
    const [narrow, pad] = [screen < 600, screen < 768 ? 16 : 32];
    const [gap, target] = narrow ? [10, 150] : [16, 240];
    const room = Math.min(screen, 1680) - 2 * pad;
    const month = images[0]?.taken_at.slice(0, 7);
    const row = [];
    const height = (sum, count) => (room - (count - 1) * gap) / sum;
    let [sum, high] = [0, Infinity];
    for (const image of images) {
      if (!image.urls.small || image.taken_at.slice(0, 7) !== month) break;
      const ratio = Math.min(Math.max(image.width / image.height, 0.5), 3);
      const next = height(sum + ratio, row.length + 1);
      if (next <= target && high - target < target - next) break;
      [sum, high] = [sum + ratio, next];
      row.push([image, ratio]);
      if (high <= target) break;
    }
    high = Math.min(high, target);
    const box = document.createElement('div');
    box.id = 'first';
    box.setAttribute('aria-hidden', 'true');
    const top = screen > 896 ? 128 : 172;
    box.style.cssText = `position:absolute;pointer-events:none;display:flex;gap:${gap}px;top:${top}px;left:${(screen - room) / 2}px`;
    for (const [{ urls, sizes, width, height }, ratio] of row) {
      const img = new Image();
      const wide = high * ratio;
      img.alt = '';
      img.sizes = `${Math.ceil(Math.max(wide, (high * width) / height))}px`;
      const named = ['small', 'medium', 'large'].filter((name) => urls[name] && sizes?.[name]);
      img.srcset = named.map((name) => `${urls[name]} ${sizes[name].width}w`).join(', ');
      img.src = urls.small;
      img.style.cssText = `width:${wide}px;height:${high}px;object-fit:cover;object-position:50% 0;border-radius:8px`;
      box.append(img);
    }
    if (!document.querySelector('[data-image]')) document.body.append(box);
  };
  try {
    ask(SETTINGS);
    const { person } = stored('person');
    const token = person && Object.keys(localStorage).find(isOf(person));
    window.early = { sub: person?.sub ?? null, answers };
    const plain = location.pathname === '/' && location.search === '' && stored('layout').layout !== 'table';
    if (!plain || (person && !token)) return;
    const headers = token && { Authorization: `Bearer ${localStorage.getItem(token)}` };
    ask(TIMELINE, headers);
    ask(NEWEST, headers)
      .then((answer) => (answer.ok ? answer.clone().json().then(draw) : null))
      .catch(() => undefined);
  } catch {
    // Whatever is stored that can't be read: the page asks by itself.
  }
})();
