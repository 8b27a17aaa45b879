import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OpcuaEndpoint } from '#shared/opcua/contract.ts'

type EndpointChoiceProps = { offers: readonly OpcuaEndpoint[]; chosen: OpcuaEndpoint; onChoose: (offer: OpcuaEndpoint) => void }

const keyOf = ({ policy, mode }: OpcuaEndpoint) => `${policy}/${mode}`

/** The ways in that the server offers, each called what it is worth. What is broken is shown and cannot be chosen. */
export function EndpointChoice({ offers, chosen, onChoose }: EndpointChoiceProps) {
  const { t } = useTranslation()
  const choose = (key: string) => {
    const offer = offers.find((one) => keyOf(one) === key)
    if (offer) onChoose(offer)
  }
  return (
    <Radio.Group value={keyOf(chosen)} onChange={choose} aria-label={t('opcua.ways')}>
      <Stack gap="sm">
        {offers.map((offer) => (
          <Radio
            key={keyOf(offer)}
            value={keyOf(offer)}
            disabled={offer.worth === 'refused'}
            label={
              <>
                <Text span>{t(`opcua.mode.${offer.mode}`)}</Text>{' '}
                <Text span size="sm" c="dimmed">
                  {offer.policy}
                </Text>
              </>
            }
            description={t(`opcua.worth.${offer.worth}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
