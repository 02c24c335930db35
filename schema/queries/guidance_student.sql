-- One student twice, as records/match_input.h reads him: as he is, and as if he
-- held whatever open postings require, the 200 that most do of skills and of
-- certificates; then his specialty's name, and how many words were left out.
-- $1 consortium, $2 student, $3 owner (student or school)
with asked as (
	select w.is_certificate, w.word, row_number() over (
		partition by w.is_certificate
		order by count(*) desc, w.word) as place
	from posting p
	cross join lateral (
		select false, unnest(p.required_skills)
		union all
		select true, unnest(p.required_certificates)
	) w (is_certificate, word)
	where p.consortium_id = $1::uuid and p.state = 'published'
		and p.closes_at > now()
	group by w.is_certificate, w.word
)
select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex,
	s.home_division_code, c.division_code,
	array_to_string(s.willing_division_codes, ' '),
	s.available_from, s.available_to, s.pay_min_fen,
	array_to_string(s.skills || array(select a.word from asked a
		where v.is_wide and not a.is_certificate
			and a.place <= 200), E'\x1f'),
	array_to_string(s.certificates || array(select a.word from asked a
		where v.is_wide and a.is_certificate
			and a.place <= 200), E'\x1f'),
	s.is_willing_anywhere, s.school_id, p.name,
	(select count(*) from asked a where a.place > 200)
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
cross join (values (false), (true)) v (is_wide)
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and $3::uuid in (s.id, s.school_id)
order by v.is_wide
