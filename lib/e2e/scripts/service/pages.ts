import type { FastifyInstance, FastifyReply } from 'fastify';
import { membersOf } from './bodies.ts';
import { PASSWORD, type Sessions } from './sessions.ts';

/** Pages, by path. k6's examples look for the words of some. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '<title>Home</title><p>A home page.</p>',
  '/test.k6.io': '<title>Test</title><p class="description">This is a replacement of the service before.</p>',
  '/shop': [
    '<title>Shop</title><link rel="stylesheet" href="/assets/shop.css"><script src="/assets/shop.js"></script>',
    '<a class="category" href="/shop/categories/7">Mugs</a><a class="category" href="/shop/categories/8">Bags</a>',
  ].join(''),
  '/account/login': [
    '<title>Log in</title><form method="post" action="/account/login">',
    '<input name="csrf" type="hidden" value="a-token-of-the-form"><input name="user"><input name="password">',
    '<button type="submit">Log in</button></form>',
  ].join(''),
};

/** What pages ask for besides, by path. */
const ASSETS: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/pi.php': ['text/html', '3.14'],
  '/style.css': ['text/css', 'body { margin: 0 }'],
  '/teddy.jpg': ['image/jpeg', 'no bear'],
  '/assets/shop.css': ['text/css', 'a { color: teal }'],
  '/assets/shop.js': ['text/javascript', 'document.title'],
  '/test.k6.io/static/css/site.css': ['text/css', 'p { margin: 0 }'],
  '/test.k6.io/static/favicon.ico': ['image/x-icon', 'no icon'],
  '/test.k6.io/static/js/prisms.js': ['text/javascript', 'prism'],
};

/** A site with a shop in it, and an account behind a form and a cookie. */
export function addPages(app: FastifyInstance, sessions: Sessions): void {
  for (const [path, page] of Object.entries(PAGES)) app.get(path, (_request, reply) => html(reply, page));
  for (const [path, [type, body]] of Object.entries(ASSETS))
    app.get(path, (_request, reply) => reply.type(type).send(body));
  app.get<{ Params: { id: string } }>('/shop/categories/:id', ({ params: { id } }, reply) =>
    html(reply, `<title>Category ${id}</title><a class="product" href="/shop/products/${id}01">A product</a>`),
  );
  app.get<{ Params: { id: string } }>('/shop/products/:id', ({ params: { id } }, reply) =>
    html(reply, `<title>Product ${id}</title><form><input name="product" type="hidden" value="${id}"></form>`),
  );
  app.post('/shop/cart', (request, reply) => {
    const { product } = membersOf(request.body);
    return reply.header('set-cookie', `cart=${product}; Path=/`).redirect('/shop/cart', 303);
  });
  app.get('/shop/cart', (request, reply) =>
    html(reply, /cart=/.test(request.headers.cookie ?? '') ? 'One thing in your cart' : 'Your cart is empty'),
  );
  app.get('/shop/old-home', (_request, reply) => reply.redirect('/shop', 301));
  addAccount(app, sessions);
}

function addAccount(app: FastifyInstance, sessions: Sessions): void {
  app.post('/account/login', (request, reply) => {
    const { csrf, password } = membersOf(request.body);
    if (csrf !== 'a-token-of-the-form' || password !== PASSWORD) return html(reply.code(403), 'Wrong password');
    return reply.header('set-cookie', `session=${sessions.openCookie()}; Path=/; HttpOnly`).redirect('/account');
  });
  app.get('/account', (request, reply) =>
    sessions.hasCookie(request) ? html(reply, '<title>Your account</title>') : reply.redirect('/account/login'),
  );
  app.post('/account/logout', (request, reply) => {
    sessions.closeCookie(request);
    return reply.redirect('/account/login');
  });
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
