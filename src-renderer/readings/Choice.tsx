import { Radio, Group } from '@mantine/core'

type ChoiceProps<T extends string> = {
  label: string
  value: T
  data: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** One of a few. */
export function Choice<T extends string>({ label, value, data, onChange }: ChoiceProps<T>) {
  const choose = (word: string) => {
    const found = data.find((one) => one.value === word)
    if (found) onChange(found.value)
  }
  return (
    <Radio.Group label={label} value={value} onChange={choose}>
      <Group gap="md" mt={4}>
        {data.map((one) => (
          <Radio key={one.value} value={one.value} label={one.label} />
        ))}
      </Group>
    </Radio.Group>
  )
}
