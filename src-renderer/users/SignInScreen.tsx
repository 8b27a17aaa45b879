import { useState, type SyntheticEvent } from 'react'
import { Button, Code, Stack, Text, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../host.ts'
import { Logo } from '../shell/Logo.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { tokenIn } from './launch.ts'
import classes from './SignInScreen.module.css'

/** The door: explains where the sign-in link is found, and takes it. `failure`: why the link in the address did not open it. */
export function SignInScreen({ failure }: { failure: unknown }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const signIn = useAction('users.signIn')
  const [text, setText] = useState('')
  const [unusable, setUnusable] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const token = tokenIn(text)
    setUnusable(token === null)
    if (token !== null) signIn.mutate({ token })
  }
  const error = signIn.error ?? (signIn.isIdle ? failure : null)
  return (
    <main className={classes['page']}>
      <form className={classes['sheet']} onSubmit={submit}>
        <Stack gap="md">
          <div className={classes['brand']}>
            <Logo size={34} />
            <Title order={1}>{t('product')}</Title>
          </div>
          <Text>{t('signIn.explain')}</Text>
          <Text size="sm" c="dimmed" component="div">
            {t('signIn.example')} <Code>{t('signIn.exampleLink')}</Code>
          </Text>
          {error !== null && error !== undefined && <Failed told={tell(error)} />}
          <TextInput
            label={t('signIn.field')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={unusable ? t('signIn.unusable') : undefined}
            autoComplete="off"
            autoFocus
            spellCheck={false}
          />
          <Button type="submit" loading={signIn.isPending} disabled={text.trim() === ''}>
            {t('signIn.open')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('signIn.other')}
          </Text>
        </Stack>
      </form>
    </main>
  )
}
