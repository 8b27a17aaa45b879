import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import fastifyStatic from '@fastify/static'
import { apiBase } from '#shared/api.ts'
import { Failure } from '#shared/failures.ts'
import type { Layout } from '../layout.ts'

/** The screens, and the try-it page of the API below /api-page/. Any other path below / is a place inside the screens. */
export async function addPages(app: FastifyInstance, layout: Layout): Promise<void> {
  await app.register(fastifyStatic, {
    root: layout.renderer,
    index: false,
    maxAge: 0,
    setHeaders: (reply, path) => {
      if (path.includes('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable')
    },
  })
  const index = () => readFileSync(join(layout.renderer, 'index.html'), 'utf8')
  app.get('/', (_request, reply) => reply.type('text/html').header('cache-control', 'no-store').send(index()))
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
    if (!isPage) throw new Failure('notFound', { what: 'address' })
    return reply.type('text/html').header('cache-control', 'no-store').send(index())
  })

  const assets = layout.apiPage[0]
  if (assets === undefined) return
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, { root: assets, decorateReply: false, prefix: '/api-page/assets/' })
    scope.get('/api-page/', (_request, reply) => reply.type('text/html').send(page))
    scope.get('/api-page/open.js', (_request, reply) => reply.type('text/javascript').send(script))
  })
}

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Hearthgrid API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/api-page/assets/swagger-ui.css"></head>
<body><div id="page"></div>
<script src="/api-page/assets/swagger-ui-bundle.js"></script><script src="/api-page/open.js"></script></body>
</html>`

const script = `SwaggerUIBundle({ url: '${apiBase}/openapi.json', dom_id: '#page', deepLinking: true, tryItOutEnabled: true, validatorUrl: null })`
