import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { Alert, Button, Text } from '@mantine/core'
import { IconDeviceFloppy, IconPlugConnected, IconTable } from '@tabler/icons-react'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { checkProfile } from '#shared/profiles/check.ts'
import type { Cells } from '#shared/profiles/cells.ts'
import { ownId } from '#shared/profiles/name.ts'
import { useAction } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { documentOf, missingIn, nextKey, readRows, withRow, type Draft } from './draft.ts'
import { EditorBar } from './EditorBar.tsx'
import { EditorHead } from './EditorHead.tsx'
import { PointDrawer } from './PointDrawer.tsx'
import { PointTable } from './PointTable.tsx'
import { TestPanel } from './TestPanel.tsx'
import { useTestRead } from './test-read.ts'

type EditorProps = { start: Draft; own: string | null; apex: boolean }

/** A draft of a device file: its head, its points, what a device answers to them, and the way to keep it. */
export function Editor({ start, own, apex }: EditorProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [draft, setDraft] = useState(start)
  const [kept, setKept] = useState(start)
  const [saved, setSaved] = useState<string | null>(own)
  const [open, setOpen] = useState<number | null>(null)
  const [tried, setTried] = useState(false)
  const [filter, setFilter] = useState({ text: '', onlyFaults: false })
  const save = useAction('profiles.save')
  const test = useTestRead()
  const { points, faults } = useMemo(() => readRows(draft.rows), [draft.rows])
  const document = useMemo(() => documentOf(draft, points), [draft, points])
  // The check of the whole file may lag behind the typing.
  const settled = useDeferredValue(document)
  const fault = useMemo(() => faultOf(settled), [settled])
  const ids = useMemo(() => Object.keys(points), [points])
  const changed = draft !== kept
  useBlocker({ shouldBlockFn: () => changed && !window.confirm(t('profiles.edit.leave')), enableBeforeUnload: () => changed })

  const change = (next: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...next }))
    save.reset()
  }
  const shown = draft.rows.filter(({ key, cells }) => {
    const said = `${cells.id} ${cells.title} ${cells.number}`.toLowerCase()
    return said.includes(filter.text.toLowerCase()) && (!filter.onlyFaults || faults.has(key))
  })
  const row = draft.rows.find(({ key }) => key === open)
  const { reset } = save
  const edit = useCallback(
    (cells: Cells) => {
      setDraft((before) => ({ ...before, rows: before.rows.map((one) => (one.key === open ? { ...one, cells } : one)) }))
      reset()
    },
    [open, reset],
  )
  const add = (cells?: Cells) => {
    const added = withRow(draft.rows, cells ? row : undefined, cells)
    change({ rows: added.rows })
    setOpen(added.row.key)
  }
  const step = (by: 1 | -1) => {
    const next = shown[shown.findIndex(({ key }) => key === open) + by]
    if (next) setOpen(next.key)
  }
  const take = (cells: Cells[], how: 'replace' | 'append') => {
    const before = how === 'replace' ? [] : draft.rows
    const first = nextKey(draft.rows)
    change({ rows: [...before, ...cells.map((one, i) => ({ key: first + i, cells: one }))] })
  }
  const missing = missingIn(draft.head)
  const replaces = saved !== null && ownId(draft.head.maker, draft.head.name) === saved
  const keep = () => {
    setTried(true)
    if (missing.size > 0 || faults.size > 0) return
    save.mutate(
      { name: draft.head.name, document, replace: replaces },
      {
        onSuccess: ({ profile }) => {
          setSaved(profile)
          setKept(draft)
        },
      },
    )
  }
  return (
    <>
      <PageTop
        title={draft.head.model ? t('profiles.edit.titleOf', { name: draft.head.model }) : t('profiles.edit.title')}
        note={apex ? t('profiles.edit.apex') : t('profiles.edit.note')}
      >
        {saved !== null && !changed && (
          <ButtonLink
            to="/connect"
            search={() => ({ profile: saved })}
            variant="default"
            leftSection={<IconPlugConnected size={16} stroke={1.6} />}
          >
            {t('profiles.edit.connect')}
          </ButtonLink>
        )}
        <Button onClick={keep} loading={save.isPending} leftSection={<IconDeviceFloppy size={16} stroke={1.6} />}>
          {replaces ? t('profiles.edit.replace') : t('profiles.edit.save')}
        </Button>
      </PageTop>
      {save.error && <Failed told={tell(save.error)} />}
      {saved !== null && !changed && save.isSuccess && (
        <Text role="status" mb="xs">
          {t('profiles.edit.saved', { id: saved })}
        </Text>
      )}
      <EditorHead draft={draft} ids={ids} tried={tried} onChange={change} />
      <div style={{ marginTop: 12 }}>
        <TestPanel test={test} document={document} readable={ids.length > 0} />
      </div>
      <EditorBar
        rows={draft.rows}
        faulty={faults.size}
        filter={filter}
        onFilter={(next) => setFilter({ ...filter, ...next })}
        onAdd={() => add()}
        onTake={take}
      />
      {fault !== null && ids.length > 0 && (
        <Alert color="caution" variant="light" mb="sm" title={t('profiles.edit.notSound')}>
          {fault}
        </Alert>
      )}
      {draft.rows.length === 0 ? (
        <Empty icon={IconTable} title={t('profiles.edit.empty.title')} hint={t('profiles.edit.empty.hint')} />
      ) : (
        <PointTable rows={shown} faults={faults} tested={test.tested} open={open} onOpen={setOpen} />
      )}
      <PointDrawer
        row={row}
        faults={open === null ? [] : (faults.get(open) ?? [])}
        onChange={edit}
        onStep={step}
        onCopy={() => row && add({ ...row.cells })}
        onRemove={() => {
          change({ rows: draft.rows.filter(({ key }) => key !== open) })
          setOpen(null)
        }}
        onClose={() => setOpen(null)}
      />
    </>
  )
}

/** What the check of the whole file says, such as two points on one register. */
function faultOf(document: ReturnType<typeof documentOf>): string | null {
  try {
    checkProfile('', document, new Map())
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
