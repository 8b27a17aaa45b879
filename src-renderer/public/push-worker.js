// Shows what a push service brings while no page is open. The host writes the words; see src-main/alarms/notify/push.ts.
self.addEventListener('push', (event) => {
  const notice = event.data?.json() ?? {}
  const { id, title = 'Hearthgrid', body = '', priority, alarm } = notice
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag: id,
      icon: '/apple-touch-icon.png',
      requireInteraction: priority === 'critical',
      data: { place: alarm ? `/alarms?alarm=${encodeURIComponent(alarm)}` : '/alarms' },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { place } = event.notification.data
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (pages) => {
      const [page] = pages
      if (!page) return self.clients.openWindow(place)
      await page.focus()
      // A page that this worker does not control cannot be led by it; then a new one is opened.
      return page.navigate(place).catch(() => self.clients.openWindow(place))
    }),
  )
})
