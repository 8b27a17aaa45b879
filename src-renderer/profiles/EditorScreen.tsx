import { useAddress } from '../address.ts'
import { useCall } from '../host.ts'
import { profileSchema } from '#shared/devices/profile.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import { draftOf, emptyDraft } from './draft.ts'
import { Editor } from './Editor.tsx'

/** The table of points of a Modbus device: a new one, a copy of one that comes with the program, or one’s own. */
export function EditorScreen() {
  const tell = useFailureText()
  const [{ id, from, preset }] = useAddress()
  const source = id ?? from
  const { data, error, refetch } = useCall('profiles.export', { id: source ?? '' }, { enabled: source !== undefined, onOpen: true })
  if (source === undefined)
    return <Editor key={preset} start={emptyDraft(preset === 'apex' ? 'apex' : undefined)} own={null} apex={preset === 'apex'} />
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={10} height={40} />
  const document = profileSchema.parse(data.document)
  return <Editor key={source} start={draftOf(source, document, id === undefined)} own={id ?? null} apex={false} />
}
