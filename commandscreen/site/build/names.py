"""Invented names: surnames and given characters combined by chance; any likeness is chance too."""

from __future__ import annotations

import numpy as np

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰凤洁梅琳晶婷雪倩佳慧颖琪瑶晨宇浩轩博文昊天翔鹏飞志远建国庆海波宁峰林森松柏岩川江河春夏秋冬晓东南西北新光辉阳旭红卫民安康乐欣怡然彤悦思源嘉诚信义礼智仁德福禄寿喜"


def person_name(rng: np.random.Generator) -> str:
    """One name of two or three characters."""
    given = GIVEN[int(rng.integers(len(GIVEN)))]
    second = GIVEN[int(rng.integers(len(GIVEN)))] if rng.random() < 0.72 else ""
    return SURNAMES[int(len(SURNAMES) * rng.random() ** 1.6)] + given + second


def person_names(rng: np.random.Generator, count: int) -> tuple[str, ...]:
    """Many names at once."""
    surnames = (len(SURNAMES) * rng.random(count) ** 1.6).astype(int)
    first = rng.integers(0, len(GIVEN), count)
    second = rng.integers(0, len(GIVEN), count)
    three = rng.random(count) < 0.72
    return tuple(
        SURNAMES[s] + GIVEN[a] + (GIVEN[b] if long else "")
        for s, a, b, long in zip(surnames, first, second, three, strict=True)
    )
