import { Suspense, useEffect } from 'react'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { i18n } from 'i18next'
import { I18nextProvider } from 'react-i18next'
import { HostContext, useCall, useHost, type Host } from './host.ts'
import type { makeRouter } from './router.tsx'
import { theme, variables } from './theme.ts'
import { Failed } from './ui/Failed.tsx'
import { Loading } from './ui/Loading.tsx'
import { useFailureText } from './words.ts'
import { SignInScreen } from './users/SignInScreen.tsx'

type Router = ReturnType<typeof makeRouter>
type AppProps = { host: Host; texts: i18n; router: Router; launchError: unknown }

export function App({ host, texts, router, launchError }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <I18nextProvider i18n={texts}>
        <HostContext value={host}>
          <QueryClientProvider client={host.queries}>
            <Suspense fallback={<Loading />}>
              <Gate router={router} launchError={launchError} />
            </Suspense>
          </QueryClientProvider>
        </HostContext>
      </I18nextProvider>
    </MantineProvider>
  )
}

/** Nobody passes without a session. */
function Gate({ router, launchError }: { router: Router; launchError: unknown }) {
  const me = useCall('users.me', {})
  const tell = useFailureText()
  if (me.data === undefined) {
    return me.error ? <Failed told={tell(me.error)} onRetry={() => void me.refetch()} centred /> : <Loading />
  }
  if (me.data.actor === null) return <SignInScreen failure={launchError} />
  return <SignedIn router={router} />
}

/** The live connection lasts exactly as long as the session. */
function SignedIn({ router }: { router: Router }) {
  const host = useHost()
  useEffect(() => {
    const hide = () => host.live.hide(document.hidden)
    host.live.start()
    document.addEventListener('visibilitychange', hide)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      host.live.stop()
    }
  }, [host])
  return <RouterProvider router={router} />
}
