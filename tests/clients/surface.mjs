// The query surface of @supabase/postgrest-js; prints one line of JSON per case: its name, what came back, what should have.
import { PostgrestClient } from '@supabase/postgrest-js'

const [url, token] = process.argv.slice(2)
const db = new PostgrestClient(url, { schema: 'api', headers: { Authorization: `Bearer ${token}` } })
const users = () => db.from('users').select('username').in('username', ['nour', 'omar']).order('id')
const spans = () => db.from('account_spans').select('username').in('username', ['nour', 'omar']).order('username')
const posts = () => db.from('posts').select('id')
const both = ['nour', 'omar']
const follow = { follower_id: 1001, followee_id: 1002 }
const names = ({ data }) => data.map((row) => row.username)
const size = ({ data }) => data.length

const cases = [
  ['eq', users().eq('username', 'nour'), names, ['nour']],
  ['neq', users().neq('username', 'nour'), names, ['omar']],
  ['gt', users().gt('id', 1001), names, ['omar']],
  ['gte', users().gte('id', 1001), names, both],
  ['lt', users().lt('id', 1002), names, ['nour']],
  ['lte', users().lte('id', 1002), names, both],
  ['like', users().like('username', 'n%'), names, ['nour']],
  ['likeAllOf', users().likeAllOf('username', ['n%', '%r']), names, ['nour']],
  ['likeAnyOf', users().likeAnyOf('username', ['n%', 'o%']), names, both],
  ['ilike', users().ilike('username', 'N%'), names, ['nour']],
  ['ilikeAllOf', users().ilikeAllOf('username', ['N%', '%R']), names, ['nour']],
  ['ilikeAnyOf', users().ilikeAnyOf('username', ['N%', 'O%']), names, both],
  ['regexMatch', users().regexMatch('username', '^n'), names, ['nour']],
  ['regexIMatch', users().regexIMatch('username', '^N'), names, ['nour']],
  ['is', users().is('deleted_at', null), names, both],
  ['isDistinct', users().isDistinct('username', 'nour'), names, ['omar']],
  ['in', users().in('name', ['نور', 'a,(b)']), names, ['nour']],
  ['notIn', users().notIn('username', ['nour']), names, ['omar']],
  ['not', users().not('username', 'eq', 'nour'), names, ['omar']],
  ['or', users().or('username.eq.nour,and(username.eq.omar,id.gt.1)'), names, both],
  ['filter', users().filter('username', 'eq', 'omar'), names, ['omar']],
  ['match', users().match({ username: 'nour', locale: 'ar' }), names, ['nour']],
  ['limit', users().limit(1), names, ['nour']],
  ['range', users().range(1, 1), names, ['omar']],
  ['rangeGt', spans().rangeGt('span', '[10,20)'), names, ['omar']],
  ['rangeGte', spans().rangeGte('span', '[20,30)'), names, ['omar']],
  ['rangeLt', spans().rangeLt('span', '[20,30)'), names, ['nour']],
  ['rangeLte', spans().rangeLte('span', '[10,20)'), names, ['nour']],
  ['rangeAdjacent', spans().rangeAdjacent('span', '[20,25)'), names, ['nour']],
  ['overlaps of ranges', spans().overlaps('span', '[12,13)'), names, ['nour']],
  ['contains', posts().contains('media_urls', ['https://a.example/1']), size, 0],
  ['containedBy', posts().containedBy('media_urls', ['https://a.example/1']), size, 3],
  ['overlaps', posts().overlaps('media_urls', ['https://a.example/1']), size, 0],
  ['textSearch', posts().textSearch('content', 'reels', { type: 'plain', config: 'english' }), size, 1],
  ['textSearch of the web', posts().textSearch('content', 'reel or nothing', { type: 'websearch' }), size, 1],
  ['single', db.from('users').select('username').eq('id', 1001).single(), ({ data }) => data, { username: 'nour' }],
  ['single of none', db.from('users').select().eq('id', 1).single(), ({ error, status }) => [error.code, status], ['PGRST116', 406]],
  ['maybeSingle', db.from('users').select().eq('id', 1).maybeSingle(), ({ data, error }) => [data, error], [null, null]],
  ['csv', db.from('users').select('username').eq('id', 1001).csv(), ({ data }) => data, 'username\nnour'],
  ['explain', users().explain(), ({ data }) => data.includes('cost='), true],
  ['explain as JSON', users().explain({ format: 'json', analyze: true }), ({ data }) => 'Plan' in data[0], true],
  ['stripNulls', db.from('users').select('username,deleted_at').eq('id', 1001).stripNulls(), ({ data }) => data, [{ username: 'nour' }]],
  ['count', db.from('users').select('*', { count: 'exact', head: true }).in('username', both), ({ count }) => count, 2],
  ['planned count', db.from('users').select('*', { count: 'planned', head: true }), ({ count }) => count >= 0, true],
  ['estimated count', db.from('users').select('*', { count: 'estimated', head: true }), ({ count }) => count >= 0, true],
  [
    'embedding, ordered and limited',
    db.from('users').select('posts!posts_author_id_fkey(content)').eq('id', 1001)
      .order('id', { referencedTable: 'posts', ascending: false }).limit(1, { referencedTable: 'posts' }),
    ({ data }) => data[0].posts.length, 1,
  ],
  ['embedded filter', db.from('posts').select('users!posts_author_id_fkey!inner(username)').eq('users.username', 'omar'), size, 1],
  ['or on an embedding', db.from('posts').select('users!posts_author_id_fkey!inner(id)').or('id.eq.1001,id.eq.5', { referencedTable: 'users' }), size, 2],
  ['rpc', db.rpc('me'), ({ data }) => data.username, 'nour'],
  ['rpc by GET', db.rpc('me', {}, { get: true }).select('username'), ({ data }) => data, { username: 'nour' }],
  ['rpc by HEAD', db.rpc('me', {}, { head: true }), ({ status }) => status, 200],
  ['rollback', db.from('posts').insert({ content: 'undone' }).select('content').rollback(), ({ data }) => data[0].content, 'undone'],
  ['and nothing stayed', posts().eq('content', 'undone'), size, 0],
  ['insert', db.from('posts').insert({ content: 'js' }).select('author_id,content').single(), ({ data }) => [String(data.author_id), data.content], ['1001', 'js']],
  ['insert in bulk with defaults', db.from('posts').insert([{ content: 'b1' }, { content: 'b2', type: 'REEL' }], { defaultToNull: false }).select('type'), ({ data }) => data.map((row) => row.type), ['REGULAR', 'REEL']],
  ['insert in silence', db.from('follows').insert(follow), ({ status, data }) => [status, data], [201, null]],
  ['insert twice', db.from('follows').insert(follow), ({ error, status }) => [error.code, status], ['23505', 409]],
  ['upsert', db.from('follows').upsert(follow, { onConflict: 'follower_id,followee_id', ignoreDuplicates: true }).select(), ({ data }) => data, []],
  ['update', db.from('posts').update({ content: 'js 2' }).eq('content', 'js').select('content'), ({ data }) => data, [{ content: 'js 2' }]],
  ['update of others', db.from('users').update({ bio: 'x' }).eq('id', 1002).select(), ({ data }) => data, []],
  ['delete with count', db.from('follows').delete({ count: 'exact' }).match(follow), ({ count, status }) => [count, status], [1, 204]],
  ['maxAffected', db.from('posts').update({ language: 'en' }).eq('author_id', 1001).maxAffected(1).select('id'), ({ error }) => error.code, 'PGRST124'],
  ['no such table', db.from('userz').select(), ({ error, status }) => [error.code, status], ['PGRST205', 404]],
  ['another schema', db.schema('auth').from('credentials').select(), ({ error, status }) => [error.code, status], ['PGRST106', 406]],
]

for (const [name, query, read, expected] of cases) {
  const answer = await query
  let found
  try {
    found = read(answer)
  } catch {
    found = answer.error ?? answer
  }
  console.log(JSON.stringify({ name, found, expected }))
}
