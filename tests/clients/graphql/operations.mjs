// Runs operations with graphql-request; prints one line of JSON per operation: its name, and the data or the error.
import { readFileSync } from 'node:fs'
import { ClientError, GraphQLClient, gql } from 'graphql-request'

const [url, file] = process.argv.slice(2)
const client = new GraphQLClient(url)
const kept = {}
const filled = (value) => {
  if (typeof value === 'string' && value.startsWith('$')) return kept[value.slice(1)]
  if (Array.isArray(value)) return value.map(filled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]))
}

for (const { name, document, variables, expect, keep, headers } of JSON.parse(readFileSync(file))) {
  let answer
  try {
    answer = { data: await client.request(gql`${document}`, filled(variables), headers) }
    for (const [key, path] of Object.entries(keep)) {
      kept[key] = path.split('.').reduce((value, step) => value[step], answer.data)
    }
  } catch (failure) {
    if (!(failure instanceof ClientError)) throw failure
    answer = { error: failure.response.errors?.[0].message ?? `status ${failure.response.status}` }
  }
  console.log(JSON.stringify({ name, expect: filled(expect), ...answer }))
}
